import { invariant } from '@app/kernel';
import { FACTS, HEADERS, LEDGER_RESOURCES, PARAMETERS, WORDS } from '../ledger/openapi';
import { METRICS } from '../metrics/metrics.openapi';
import { PROOF_FACTS, PROOFS } from '../proofs/openapi/proofs.openapi';
import { AUDIT } from '../verify/verify.openapi';
import { refused } from './problems';
import type { OpenApiDocument, Operation, PathItem, Resource, Route, Schema } from './types';

const DESCRIPTION = [
  'A double-entry ledger. Amounts are integers of the smallest unit of an asset and travel as strings of digits.',
  'Whoever writes sends an Idempotency-Key: the same request again has the same answer. A refusal is `application/problem+json` with a stable `code`; a refusal by the state of the book stays with its key.',
].join('\n\n');

const RESOURCES = [...LEDGER_RESOURCES, PROOFS, AUDIT, METRICS];
const ALL_FACTS = { ...FACTS, ...PROOF_FACTS };

/** The routes that others may build on, as OpenAPI 3.1. Addresses and shapes are named once in all of it. */
export function openApiDocument(resources: readonly Resource[] = RESOURCES): OpenApiDocument {
  const tags = resources.map(({ tag }) => tag).filter(({ description }) => description !== '');
  return {
    openapi: '3.1.1',
    info: { title: 'Tanhui ledger', version: '1', description: DESCRIPTION },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    tags,
    paths: merged<PathItem>(resources.map(pathsOf)),
    components: {
      schemas: merged<Schema>([WORDS, ...resources.map(({ schemas = {} }) => schemas)]),
      ...{ parameters: PARAMETERS, headers: HEADERS },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of a session: `POST /sessions`.' },
      },
    },
  };
}

const pathsOf = ({ paths }: Resource): Record<string, PathItem> =>
  Object.fromEntries(
    Object.entries(paths).map(([path, routes]) => [
      path,
      Object.fromEntries(Object.entries(routes).map(([method, route]) => [method, operationOf(route)])),
    ]),
  );

const operationOf = ({ codes, responses, ...operation }: Route): Operation => ({
  ...operation,
  responses: { ...responses, ...refused(codes, ALL_FACTS) },
});

function merged<T>(tables: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const all: Record<string, T> = {};
  for (const [name, value] of tables.flatMap((table) => Object.entries(table))) {
    invariant(!(name in all), `${name} is described once`);
    all[name] = value;
  }
  return all;
}
