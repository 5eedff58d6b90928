import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describeWithCurl } from '../support';
import { LedgerEdge } from './ledger-edge';

const RECIPE = join(__dirname, '../../docs/recipes/post-over-http.md');

/** The commands of the recipe; those that say a status print it in place of the answer. */
async function scriptOf(): Promise<{ script: string; statuses: string[] }> {
  const blocks = [...(await readFile(RECIPE, 'utf8')).matchAll(/```sh\n([\s\S]*?)```/g)].map(
    ([, block]) => block,
  );
  const lines = blocks.join('\n').split('\n');
  const statuses: string[] = [];
  const script = lines.map((line) => {
    const [, command, status] = /^(.*) # (\d{3})$/.exec(line) ?? [];
    if (command === undefined || status === undefined) return line;
    statuses.push(status);
    return `ASK='-o /dev/null -w %{http_code}\\n' ; ${command.trim()} ; ASK=`;
  });
  return { script: script.join('\n').replaceAll('curl -sS', 'curl -sS ${ASK-}'), statuses };
}

describeWithCurl('the recipe to post over HTTP', () => {
  let edge: LedgerEdge;
  let folder: string;

  beforeAll(async () => {
    edge = await LedgerEdge.start();
    folder = await mkdtemp(join(tmpdir(), 'recipe-'));
  });
  afterAll(async () => {
    await edge.stop();
    await rm(folder, { recursive: true });
  });

  it('works as it stands, and every command gets the status it says', async () => {
    const { script, statuses } = await scriptOf();
    expect(statuses.length).toBeGreaterThan(12);
    const { stdout } = await promisify(execFile)('sh', ['-eu', '-c', script], {
      cwd: folder,
      env: {
        ...{ PATH: process.env.PATH, API: `${edge.url}/api/v1/books/county` },
        TOKEN: edge.tokens.get('administrator'),
      },
    });
    expect(stdout.trim().split('\n')).toEqual(statuses);
  });
});
