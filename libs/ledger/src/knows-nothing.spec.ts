import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What others built on the ledger, in their own words. Counting units is all it does, so its code has none of them. */
const WORDS: Readonly<Record<string, RegExp>> = {
  carbon: /carbon|co2|\bgrams?|forest|issuance|retire|碳|林/i,
  'counties’ rules':
    /county|village|township|household|roster|payee|indicator|subsid|fiscal|yuan|\bfen\b|\bmu\b/i,
  'those who build on it':
    /@app\/(?!kernel|platform|proof)|disbursement|compensation|\bcards?\b|registry|\bfunds?\b/i,
  HTTP: /\bhttps?\b|fastify|\b(request|response|reply|controller|header|status) ?code|@nestjs\/(?!common|core)/i,
};

/** Checkpoints go out to where the operator cannot change them, and that is over HTTP. Nothing comes in that way. */
const GOES_OUT = /^sealing\/publish\//;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });

/** Comments may give examples. Lines keep their numbers. */
const codeOf = (text: string): string =>
  text
    .replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');

describe('The code of libs/ledger', () => {
  it.each(Object.entries(WORDS))('has no word of %s', (about, words) => {
    const found = filesIn(__dirname).flatMap((path) => {
      const file = relative(__dirname, path);
      if (about === 'HTTP' && GOES_OUT.test(file)) return [];
      return codeOf(readFileSync(path, 'utf8'))
        .split('\n')
        .flatMap((line, n) => (words.test(line) ? [`${file}:${n + 1}: ${line.trim()}`] : []));
    });
    expect(found).toEqual([]);
  });

  it('is looked at whole', () => {
    expect(filesIn(__dirname).length).toBeGreaterThan(50);
  });
});
