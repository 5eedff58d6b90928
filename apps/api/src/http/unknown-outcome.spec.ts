import 'reflect-metadata';

import type { ArgumentsHost } from '@nestjs/common';

import { Logger, Metrics } from '@app/platform';
// With its modules every refusal is registered, and the document tells them.
import '../app.module';
import { openApiDocument } from '../openapi/document';
import type { Problem } from './problem';
import { ProblemFilter } from './problem.filter';

const filter = new ProblemFilter(new Logger('test', 'fatal'), new Metrics());

/** What the filter sends for an error. */
function sentFor(error: unknown): Problem {
  let sent: Problem | undefined;
  const reply = {
    sent: false,
    header: () => reply,
    status: () => reply,
    type: () => reply,
    send: (problem: Problem) => (sent = problem),
  };
  const request = { id: 'req-1', method: 'POST', routeOptions: { url: '/x' } };
  const host = { switchToHttp: () => ({ getResponse: () => reply, getRequest: () => request }) };
  filter.catch(error, host as unknown as ArgumentsHost);
  if (!sent) throw new Error('nothing was sent');
  return sent;
}

/** Every example of a code in the document, of whatever route. */
const saidOf = (code: string): unknown[] =>
  Object.values(openApiDocument().paths)
    .flatMap((item) => Object.values(item))
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap(({ content }) => Object.values(content ?? {}))
    .flatMap(({ examples = {} }) => Object.entries(examples))
    .filter(([name]) => name === code)
    .map(([, { value }]) => value);

describe('an error of which nobody knows what it left done', () => {
  it.each([
    ['INTERNAL', new Error('a bug')],
    ['DATABASE_AWAY', Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })],
  ])('%s does not claim that nothing was changed, and says what to do', (code, error) => {
    const { detail, ...rest } = sentFor(error);
    expect(rest.code).toBe(code);
    expect(detail).not.toMatch(/nothing was/i);
    expect(detail).toMatch(/not known: send it again, with the same key where it had one/);
  });

  it.each([
    ['INTERNAL', new Error('a bug')],
    ['DATABASE_AWAY', Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })],
  ])('%s is told by the document as it is sent, on every route', (code, error) => {
    const said = saidOf(code);
    const routes = Object.values(openApiDocument().paths).flatMap((item) => Object.keys(item)).length;
    // The metrics ask no database that they could not do without.
    expect(said).toHaveLength(code === 'INTERNAL' ? routes : routes - 1);
    for (const problem of said) expect(problem).toEqual(sentFor(error));
  });
});
