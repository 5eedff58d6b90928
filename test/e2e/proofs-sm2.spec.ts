import { verifyBundle } from '@app/proof';
import { ProofsStage } from './proofs-stage';

describe('a log that is signed with SM2', () => {
  let stage: ProofsStage;
  beforeAll(async () => {
    stage = await ProofsStage.open(() => ({ CHECKPOINT_ALGORITHM: 'sm2' }));
  });
  afterAll(() => stage.close());

  it('proves its entries, in the library and on the command line', async () => {
    const bundle = await stage.proofOf(`entries/${await stage.transfer()}`);
    const { vkey, origin } = await stage.log();
    const typeAndKey = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64');
    expect(typeAndKey.subarray(1, 13).toString()).toBe('sm2-with-sm3');
    expect([typeAndKey[0], typeAndKey[13], typeAndKey.length]).toEqual([0xff, 0x04, 13 + 65]);
    expect(verifyBundle(bundle, vkey)).toMatchObject({ ok: true, checkpoint: { origin } });
    const verify = (text: string) =>
      stage.cli(['proof', 'verify', stage.file('bundle.json', text), '--key', vkey]);
    expect(await verify(bundle)).toMatch(/^PROVEN\n/);
    expect(await verify(bundle.replace('"amount": "12300"', '"amount": "12301"'))).toContain('RECORD');
    const size = /books\/county\\n(\d+)\\n/.exec(bundle)![1]!;
    const grown = bundle.replace(`county\\n${size}\\n`, `county\\n${size}0\\n`);
    expect(await verify(grown)).toMatch(/^NOT PROVEN {2}SIGNATURE/);
  });

  it('continues from checkpoint to checkpoint, and verifies against its published copies', async () => {
    const before = await stage.log();
    await stage.proofOf(`entries/${await stage.transfer()}`);
    const after = await stage.log();
    const path = await stage.see<object>(
      `public/books/county/consistency?from=${before.size}&to=${after.size}`,
    );
    const told = await stage.cli([
      ...['proof', 'compare', stage.file('old', before.note), stage.file('new', after.note)],
      ...['--key', after.vkey, '--path', stage.file('path.json', JSON.stringify(path))],
    ]);
    expect(told).toMatch(/^CONSISTENT\n/);
    const verified = await stage.cli(['verify', '--book', 'county', '--key', after.vkey], {
      DATABASE_URL: stage.database.auditorUrl,
    });
    expect(verified).toMatch(/county: 0 findings .*, [1-9]\d* signatures,/);
  });
});
