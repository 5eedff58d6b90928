import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { Ed25519Signer } from '@app/platform';
import {
  checkpointText,
  keyIdOf,
  openCheckpoint,
  readVkey,
  utf8,
  vkeyOf,
  writeNote,
  type Checkpoint,
} from '@app/proof';
import { freePort } from '../support';
import { Strangers } from './proofs-edge';
import { ProofsStage, type Log } from './proofs-stage';

describe('the book against its checkpoints from elsewhere', () => {
  let stage: ProofsStage;
  let strangers: Strangers;
  let page: string;
  beforeAll(async () => {
    [stage, strangers] = await Promise.all([ProofsStage.open(), Strangers.start()]);
    page = `${stage.url}/public/books/county/checkpoints`;
    await stage.proofOf(`entries/${await stage.transfer()}`);
  });
  afterAll(async () => {
    await stage.close();
    await strangers.stop();
  });

  const verify = (...options: string[]) =>
    stage.run(['verify', '--book', 'county', ...options], { DATABASE_URL: stage.database.auditorUrl });

  /** A page of somebody else's: what it says of the log, as the public page would say it. */
  function pageWith(log: Partial<Log>): string {
    const path = `/county/${randomBytes(4).toString('hex')}`;
    strangers.objects.set(path, JSON.stringify(log));
    return `${strangers.url}${path}`;
  }
  const noteOf = (checkpoint: Checkpoint, signer: Ed25519Signer): string => {
    const text = checkpointText(checkpoint);
    const keyId = keyIdOf(checkpoint.origin, signer.algorithm, signer.publicKey);
    return writeNote(text, checkpoint.origin, keyId, signer.sign(utf8(text)));
  };
  const ourSigner = () => new Ed25519Signer(Buffer.from(stage.environment.CHECKPOINT_KEY!, 'base64'));
  const said = ({ note, vkey }: Log): Checkpoint => openCheckpoint(note, readVkey(vkey)!)!;
  const anotherRoot = (log: Log): Checkpoint => ({ ...said(log), root: new Uint8Array(32).fill(7) });

  it('agrees with the public page of a running api, and believes its key when it is given no other', async () => {
    const { code, output } = await verify('--checkpoints', page);
    expect(output).toMatch(/county: 0 findings .*, [1-9]\d* signatures, 1 copies from elsewhere/);
    expect(output).not.toContain('no key was given');
    expect(code).toBe(0);
  });

  it('agrees with the page of an earlier checkpoint, with the key that was noted', async () => {
    const before = await stage.log();
    await stage.proofOf(`entries/${await stage.transfer()}`);
    const { code, output } = await verify('--checkpoints', `${page}/${before.size}`, '--key', before.vkey);
    expect({ code, agrees: output.includes('1 copies from elsewhere') }).toEqual({ code: 0, agrees: true });
  });

  it('agrees with the folder as the product fills it, and finds the keys there', async () => {
    const folder = join(stage.folder, 'checkpoints');
    const told = await stage.until(async () => {
      const { code, output } = await verify('--checkpoints', folder);
      expect(code).toBe(0);
      return / ([1-9]\d*) copies from elsewhere/.test(output) ? output : undefined;
    });
    expect(told).toMatch(/0 findings .*, [1-9]\d* signatures/);
    expect(told).not.toContain('no key was given');
  });

  it('finds a page with a checkpoint of another past, signed with our own key', async () => {
    const log = await stage.log();
    const forked = pageWith({ ...log, note: noteOf(anotherRoot(log), ourSigner()) });
    const { code, output } = await verify('--checkpoints', forked, '--json');
    expect(code).toBe(1);
    expect(findingsIn(output)).toEqual([
      expect.objectContaining({ code: 'LOG_FORKED', key: { origin: log.origin, size: log.size } }),
    ]);
  });

  it('finds a page whose note was written over, and one that a stranger signed', async () => {
    const log = await stage.log();
    const overwritten = pageWith({
      ...log,
      note: log.note.replace(/\n[\w+/]{43}=\n/, `\n${'A'.repeat(43)}=\n`),
    });
    const codesOf = async (...options: string[]) => {
      const { code, output } = await verify('--json', ...options);
      return [code, ...new Set(findingsIn(output).map((finding) => finding.code))];
    };
    expect(await codesOf('--checkpoints', overwritten)).toEqual([1, 'COPY_UNSIGNED']);
    const stranger = new Ed25519Signer(randomBytes(32));
    const theirs = pageWith({
      ...log,
      note: noteOf(anotherRoot(log), stranger),
      vkey: vkeyOf(log.origin, stranger.algorithm, stranger.publicKey),
    });
    expect(await codesOf('--checkpoints', theirs, '--key', log.vkey)).toEqual([1, 'COPY_UNSIGNED']);
    // Who believes the stranger's key does not believe ours: either way the book does not pass.
    expect(await codesOf('--checkpoints', theirs)).toEqual([1, 'CHECKPOINT_SIGNATURE', 'LOG_FORKED']);
  });

  it('does not pass for looked at when the page is not there, or says nothing', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}/checkpoints`;
    for (const [place, why] of [
      [`${page}/999999`, 'answered 404'],
      [nobody, 'fetch failed'],
      [pageWith({}), 'shows no checkpoint'],
    ] as const) {
      const { code, output } = await verify('--checkpoints', place);
      expect({ code, why: output.includes(why) || output }).toEqual({ code: 2, why: true });
    }
  });
});

const findingsIn = (output: string): { code: string }[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { code: string });
