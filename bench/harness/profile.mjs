import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a place in the code belongs to, first match first. */
const PLACES = [
  [/^\(garbage collector\)$/, 'garbage collection'],
  [/^\(program\)$/, 'native code of Node'],
];
const FILES = [
  [/^node:(net|_http|http|internal\/(http|stream|net|js_stream)|stream|_stream)/, 'sockets and HTTP of Node'],
  [/^node:internal\/crypto|^node:crypto/, 'digests'],
  [/^node:/, 'the rest of Node'],
  [/\/dist\/(apps\/[a-z-]+\/src\/[a-z-]+|libs\/[a-z]+)\//, (match) => match[1].replace('/src', '')],
  [/\/dist\/(bench\/[a-z]+)\//, (match) => match[1]],
  [/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//, (match) => match[1]],
];

/** Native work is told by the name of the function that called it. */
const NATIVE = [
  [/^(writev|writeUtf8String|writeLatin1String|writeBuffer|write)$/, 'writing to sockets'],
  [/^(update|digest|Hash|oneShotDigest)$/, 'digests'],
];

/**
 * Sums the profiles that `--profile` left in a folder: share of the busy time by place, largest first.
 * @returns {{place: string, share: number}[]}
 */
export function placesOf(folder) {
  const sums = new Map();
  let total = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const placeOf = new Map(nodes.map(({ id, callFrame }) => [id, place(callFrame)]));
    const idle = new Set(
      nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id),
    );
    samples.forEach((id, index) => {
      if (idle.has(id)) return;
      const spent = Math.max(0, timeDeltas[index]);
      total += spent;
      sums.set(placeOf.get(id), (sums.get(placeOf.get(id)) ?? 0) + spent);
    });
  }
  return [...sums]
    .map(([name, spent]) => ({ place: name, share: spent / total }))
    .sort((a, b) => b.share - a.share);
}

function place({ functionName, url }) {
  const special = PLACES.find(([pattern]) => pattern.test(functionName));
  if (special) return special[1];
  if (url === '') return NATIVE.find(([pattern]) => pattern.test(functionName))?.[1] ?? 'native code of Node';
  for (const [pattern, name] of FILES) {
    const match = pattern.exec(url);
    if (match) return typeof name === 'string' ? name : name(match);
  }
  return 'elsewhere';
}
