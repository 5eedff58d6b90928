import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { vkeyOf } from '@app/proof';
import { Signer } from '@app/platform';
import type { Finding } from '@app/ledger';
import { sealAgain } from './ledger-forgeries';
import { TamperBook } from './ledger-tamper-book';

const PROGRAM = join(__dirname, '../../dist/apps/cli/src/main.js');

describe('the command verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tanhui-checkpoints-'));
  let tamper: TamperBook;
  beforeAll(async () => {
    tamper = await TamperBook.open();
    publish();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await tamper.book.close();
  });

  /** As the folder of published checkpoints lies on somebody else's disk. */
  function publish(): void {
    const place = join(folder, tamper.book.code, '000000000000');
    mkdirSync(place, { recursive: true });
    const { notes } = tamper.published.get(tamper.book.id)!;
    notes.forEach((note, i) => writeFileSync(join(place, `00000000000${i + 1}.checkpoint`), note));
    const signer = tamper.book.module.get(Signer, { strict: false });
    const vkey = vkeyOf(notes[0]!.split('\n')[0]!, signer.algorithm, signer.publicKey);
    writeFileSync(join(folder, tamper.book.code, `${vkey.split('+')[1]!}.vkey`), `${vkey}\n`);
  }

  const verify = (...options: string[]): Promise<{ code: number; findings: Finding[]; told: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH, DATABASE_URL: tamper.book.database.auditorUrl };
      const child = execFile(
        process.execPath,
        [PROGRAM, 'verify', '--json', ...options],
        { env },
        (_error, out, told) => {
          const lines = out.split('\n').filter(Boolean);
          const findings = lines.map((line) => JSON.parse(line) as Finding);
          resolve({ code: child.exitCode ?? -1, findings, told });
        },
      );
    });
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    await tamper.book.admin.query('SET session_replication_role = replica');
    await work();
    await tamper.book.admin.query('RESET session_replication_role');
  };

  it('ends with 0 when all books are as the doors and the published checkpoints left them', async () => {
    const { code, findings, told } = await verify('--checkpoints', folder);
    expect({ code, findings }).toEqual({ code: 0, findings: [] });
    expect(told).toMatch(
      /county: 0 findings in \d+ postings up to entry \d+, 4 seals, 4 signatures, 4 copies/,
    );
  });

  it.each([
    ['an unknown book', ['--book', 'nowhere'], 'There is no book "nowhere".'],
    ['an unknown option', ['--bok', 'county'], "Unknown option '--bok'"],
    ['a seal that was not made', ['--book', 'county', '--from-seal', '900'], 'has no seal 900'],
    ['a key that is none', ['--book', 'county', '--key', 'x'], '"x" is no verifier key.'],
  ])('ends with 2 at %s', async (_what, options, why) => {
    const { code, told } = await verify(...options);
    expect({ code, why: told.includes(why) }).toEqual({ code: 2, why: true });
  });

  it('ends with 1 and a line for each finding', async () => {
    await change(() =>
      tamper.ask('UPDATE ledger.account SET version = version + 1 WHERE path = $1', ['bob']),
    );
    const { code, findings } = await verify('--book', 'county');
    expect(code).toBe(1);
    expect(findings).toMatchObject([{ code: 'TOTALS_DIFFER', relation: 'account', key: { account: 'bob' } }]);
    expect((await verify('--book', 'county', '--from-seal', '4')).code).toBe(0);
    await change(() =>
      tamper.ask('UPDATE ledger.account SET version = version - 1 WHERE path = $1', ['bob']),
    );
  });

  it('sees a past rewritten and signed anew only with the copies from elsewhere', async () => {
    await change(async () => {
      await tamper.ask(`UPDATE ledger.entry SET actor = 'nobody' WHERE seq = $1`, [3]);
      await sealAgain(tamper);
    });
    expect((await verify('--book', 'county')).code).toBe(0);
    const { code, findings } = await verify('--book', 'county', '--checkpoints', folder);
    expect(code).toBe(1);
    expect(new Set(findings.map((finding) => finding.code))).toEqual(new Set(['LOG_FORKED']));
  });
});
