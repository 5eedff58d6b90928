import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

// Every refusal of the API is registered with its modules, and the document tells them.
import '../../apps/api/src/app.module';
import { openApiDocument } from '../../apps/api/src/openapi/document';
import type { Content, Operation, Response } from '../../apps/api/src/openapi/types';

export interface Exchange {
  readonly method: string;
  /** Below /api/v1, as it was sent; of a route that is not there, below the root. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface DescribedRoute {
  readonly method: string;
  readonly form: RegExp;
  readonly at: string;
  readonly operation: Operation;
}

/** Facts that a code brings on some routes only. */
const SOMETIMES = ['pointer', 'asset', 'item'];

/** Compares what the API answers with what its document says it answers. */
export class LedgerContract {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #routes: readonly DescribedRoute[];
  readonly #checks = new Map<string, ValidateFunction>();
  /** `POST /books/{book}/entries 201`: every answer that was seen, and every code. */
  readonly seen = new Set<string>();

  constructor() {
    const document = openApiDocument();
    addFormats(this.#ajv);
    this.#ajv.addSchema(exact(document) as object, 'ledger');
    this.#routes = Object.entries(document.paths)
      .sort(([one], [other]) => one.split('{').length - other.split('{').length)
      .flatMap(([path, item]) =>
        Object.entries(item).map(([method, operation]) => ({
          method: method.toUpperCase(),
          form: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
          at: `/paths/${escaped(path)}/${method}/responses`,
          operation,
        })),
      );
  }

  /** What is wrong with an answer; nothing for addresses that are not described. */
  faults({ method, path, status, headers, text }: Exchange): unknown[] {
    const bare = `/${path.split('?')[0] ?? ''}`;
    const route = this.#routes.find((one) => one.method === method && one.form.test(bare));
    if (!route) return [];
    const where = `${route.operation.operationId} ${status}`;
    this.seen.add(where);
    const response = route.operation.responses[status];
    if (!response) return [`${where} is not described`];
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    const content = response.content?.[type];
    if (!content) return [`${where} is not described as ${type}`];
    const replayed = headers.has('idempotency-replayed') && !response.headers?.['Idempotency-Replayed'];
    const bodies = bodiesOf(type, text);
    const schema = `${route.at}/${status}/content/${escaped(type)}/schema`;
    return [
      ...(replayed ? [`${where} does not say that it may be replayed`] : []),
      ...bodies.flatMap((body) => this.misshapen(schema, body)),
      ...bodies.flatMap((body) => this.misstated(where, body, response)),
    ];
  }

  private misshapen(schema: string, body: unknown): unknown[] {
    const check = this.#checks.get(schema) ?? this.#ajv.compile({ $ref: `ledger#${schema}` });
    this.#checks.set(schema, check);
    return check(body) ? [] : [...(check.errors ?? [])];
  }

  /** A problem has the facts of its code, no fewer and no others. */
  private misstated(where: string, body: unknown, { content }: Response): unknown[] {
    if (!isProblem(body)) return [];
    this.seen.add(`${where} ${body.code}`);
    const example = exampleOf(content, body.code);
    if (!example) return [`${where} does not name ${body.code}`];
    const facts = (of: object): string[] =>
      Object.keys(of)
        .filter((fact) => !SOMETIMES.includes(fact))
        .sort();
    const [said, there] = [facts(example), facts(body)];
    return String(said) === String(there) ? [] : [`${where} ${body.code}`, { said, there }];
  }
}

const isProblem = (body: unknown): body is Record<string, unknown> & { readonly code: string } =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';

function bodiesOf(type: string, text: string): unknown[] {
  if (type === 'text/plain') return [text];
  const lines = type === 'application/x-ndjson' ? text.split('\n').filter((line) => line !== '') : [text];
  return lines.map((line) => JSON.parse(line) as unknown);
}

const exampleOf = (content: Content | undefined, code: string): object | undefined =>
  content?.['application/problem+json']?.examples?.[code]?.value as object | undefined;

const escaped = (name: string): string =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Readers take members they do not know, so the document allows them; here each must be described. */
function exact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, exact(inner)]));
  const isProblem = JSON.stringify(copy.properties ?? {}).includes('"code"');
  const isShape = copy.type === 'object' && copy.properties !== undefined && !isProblem;
  return isShape ? { additionalProperties: false, ...copy } : copy;
}
