import { randomBytes } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Tests whose facts concern Redis. Without one they are skipped by name, and `npm test` lists them. */
export const describeWithRedis = process.env.TEST_REDIS_URL ? describe : describe.skip;

/** The Redis of this run. Use it with the key prefix `queuePrefix`: it may be shared. */
export function redisUrl(): string {
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error('No Redis: put this test into describeWithRedis.');
  return url;
}

/**
 * Prefix of every queue key of this test file (it fits TANHUI_QUEUE_PREFIX): files run side by side on one Redis
 * and must not wake each other's workers. Everything of the run is cleared at its end.
 */
export const queuePrefix = `${process.env.TANHUI_QUEUE_PREFIX ?? 'tanhui-test'}-${randomBytes(3).toString('hex')}`;

/** Where Chromium is, from CHROMIUM_PATH or PATH. */
export const chromiumPath =
  process.env.CHROMIUM_PATH ?? inPath('chromium', 'chromium-browser', 'google-chrome');

/** Tests that look at pages in a real browser. Without one they are skipped by name. */
export const describeWithChromium = chromiumPath ? describe : describe.skip;

/** Tests whose facts concern a plain-text accounting tool. Without it they are skipped by name. */
export const describeWithHledger = inPath('hledger') ? describe : describe.skip;
export const describeWithLedger = inPath('ledger') ? describe : describe.skip;
export const describeWithBeancount = inPath('bean-check') ? describe : describe.skip;

/** A recipe's commands are run as they stand, and ask over HTTP with curl. */
export const describeWithCurl = inPath('curl') ? describe : describe.skip;

function inPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
