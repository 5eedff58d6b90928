import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

const BYTES_MAX = 20 * 1024 * 1024;

/** Opens a log to append to; what an earlier run made too long is put aside, one generation. */
export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > BYTES_MAX) renameSync(file, `${file}.1`);
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
}

/** Writes each line of a stream to the log, and hands those that a person should see to `tell`. */
export function follow(stream, log, tell) {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  lines.on('line', (line) => {
    log.write(`${line}\n`);
    const text = worthTelling(line);
    if (text) tell(text);
  });
}

const LOUD = { warn: 'warning', error: 'error', fatal: 'error', 40: 'warning', 50: 'error', 60: 'error' };

/** A line is JSON with a level, or else something that a crash left, which is always told. */
function worthTelling(line) {
  try {
    const entry = JSON.parse(line);
    const loudness = LOUD[entry.level];
    return loudness && `${loudness}: ${entry.msg ?? entry.message ?? line}${reason(entry)}`;
  } catch {
    return line.trim() || undefined;
  }
}

function reason({ err, error, code }) {
  const text = err?.message ?? error?.message ?? (typeof error === 'string' ? error : code);
  return text ? ` (${text})` : '';
}
