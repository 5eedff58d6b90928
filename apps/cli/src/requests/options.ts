import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { COMMANDS, type RequestCommand } from './commands';

export type Topic = keyof typeof COMMANDS;

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: unknown;
  readonly json: boolean;
}

const namesIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
const camel = (option: string): string =>
  option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Reads the words after `registry` or `credits`. */
export function readRequest(topic: Topic, args: readonly string[]): Asked | { readonly problem: string } {
  const [word = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS[topic], word) ? COMMANDS[topic][word] : undefined;
  if (!command) return { problem: `"${word}" is not one of ${Object.keys(COMMANDS[topic]).join(', ')}` };
  try {
    return askedOf(command, rest);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function askedOf(command: RequestCommand, args: readonly string[]): Asked {
  const { method, path, query = [], body = [], file, dryRun } = command;
  const needed = [...namesIn(path), ...(file ? ['file'] : [])];
  const options: Record<string, { type: 'string' | 'boolean' }> = { json: { type: 'boolean' } };
  if (dryRun) options['dry-run'] = { type: 'boolean' };
  for (const name of [...needed, ...query, ...body]) options[name] = { type: 'string' };
  const values: Readonly<Record<string, unknown>> = parseArgs({ args: [...args], options }).values;
  const textOf = (name: string): string | undefined =>
    typeof values[name] === 'string' ? values[name] : undefined;
  const missing = needed.filter((name) => !textOf(name));
  if (missing.length > 0) throw new Error(`${missing.map((name) => `--${name}`).join(' and ')} is missing`);
  const given = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const text = textOf(name);
        return text === undefined ? [] : [[camel(name), text] as const];
      }),
    );
  const search = new URLSearchParams({
    ...given(query),
    ...(values['dry-run'] === true && { dryRun: 'true' }),
  });
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(name)!));
  return {
    method,
    path: search.size > 0 ? `${address}?${search}` : address,
    body: file ? (JSON.parse(readFileSync(textOf('file')!, 'utf8')) as unknown) : given(body),
    json: values.json === true,
  };
}

/** How each request is asked for. */
export function usageOf(topic: Topic): string {
  const lines = Object.entries(COMMANDS[topic]).map(
    ([word, { path, query = [], body = [], file, dryRun, help }]) => {
      const needed = [...namesIn(path), ...(file ? ['file'] : [])].map((name) => `--${name} <${name}>`);
      const free = [...query, ...body].map((name) => `[--${name} <${name}>]`);
      const parts = [topic, word, ...needed, ...free, ...(dryRun ? ['[--dry-run]'] : []), '[--json]'];
      return `${parts.join(' ')}\n    ${help}`;
    },
  );
  return `${lines.join('\n')}

Asked over HTTP of the product at API_URL (http://127.0.0.1:3000 without it), with the rights of whoever API_TOKEN
belongs to: the token that POST /api/v1/sessions answers. Exit code 0: done; 1: refused; 2: not understood or not reached.`;
}
