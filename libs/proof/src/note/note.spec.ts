import { ed25519 } from '@noble/curves/ed25519';
import fc from 'fast-check';

import { fromBase64, fromHex, toHex, utf8 } from '../bytes';
import { checkpointText, openCheckpoint, readCheckpointText } from './checkpoint';
import { isSignedBy, readNote, writeNote } from './signed-note';
import { keyIdOf, readVkey, vkeyOf } from './verifier-key';

/** A note and its key as the Go checksum database's own tests have them. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_NOTE =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n" +
  '\n' +
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

const SECRET = fromHex('01'.repeat(32));
const ORIGIN = 'ledger.example/books/610924';
const PUBLIC = ed25519.getPublicKey(SECRET);
const VKEY = vkeyOf(ORIGIN, 'ed25519', PUBLIC);
const ROOT = fromHex('ab'.repeat(32));
const TEXT = checkpointText({ origin: ORIGIN, size: 7n, root: ROOT });

const sign = (text: string, name = ORIGIN): string =>
  writeNote(text, name, keyIdOf(name, 'ed25519', PUBLIC), ed25519.sign(utf8(text), SECRET));
const NOTE = sign(TEXT);

describe('signed notes', () => {
  it('are read and verified as others write them', () => {
    const note = readNote(GO_NOTE)!;
    const key = readVkey(GO_KEY)!;
    expect(key.name).toBe('PeterNeumann');
    expect(isSignedBy(note, key)).toBe(true);
    expect(isSignedBy(readNote(GO_NOTE.replace('answer', 'anwser'))!, key)).toBe(false);
  });

  it('are believed for the trusted key only, and not when one of its lines is wrong', () => {
    const stranger = readVkey(vkeyOf(ORIGIN, 'ed25519', ed25519.getPublicKey(fromHex('02'.repeat(32)))))!;
    expect(isSignedBy(readNote(NOTE)!, stranger)).toBe(false);
    const wrong = NOTE.split('\n').at(-2)!;
    const spoilt = sign(TEXT.replace('\n7\n', '\n8\n')).replace(/— .*\n$/, `${wrong}\n`);
    expect(isSignedBy(readNote(spoilt)!, readVkey(VKEY)!)).toBe(false);
    expect(isSignedBy(readNote(`${NOTE}${sign(`x\n`).split('\n').at(-2)!}\n`)!, readVkey(VKEY)!)).toBe(false);
  });

  it.each([
    ['no signature', TEXT],
    ['no last newline', NOTE.slice(0, -1)],
    ['a control character', NOTE.replace('ledger', 'led\tger')],
    ['half a character', NOTE.replace('ledger', 'led\ud800ger')],
    ['a line that is no signature', `${NOTE}more\n`],
    ['a signature without a key id', `${TEXT}\n— ${ORIGIN} AAAA\n`],
    ['base64 without its padding', NOTE.replace(/=\n$/, '\n')],
  ])('are none with %s', (_what, text) => {
    expect(readNote(text)).toBeUndefined();
  });

  it('name their key so that only that very key fits', () => {
    expect(readVkey(VKEY)?.keyId).toBe(toHex(keyIdOf(ORIGIN, 'ed25519', PUBLIC)));
    for (const wrong of ['', 'a+b', VKEY.replace('ledger', 'ledgar'), `${VKEY}A`, VKEY.replace('+A', '+B')]) {
      expect(readVkey(wrong)).toBeUndefined();
    }
  });
});

describe('checkpoints', () => {
  it('say origin, size and root as C2SP writes them', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const checkpoint = readCheckpointText(text)!;
    expect(checkpoint).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163n,
      root: fromBase64('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='),
    });
    expect(checkpointText(checkpoint)).toBe(text);
  });

  it('are opened with the key of their origin', () => {
    expect(openCheckpoint(NOTE, readVkey(VKEY)!)).toEqual({ origin: ORIGIN, size: 7n, root: ROOT });
    const other = 'ledger.example/books/other';
    expect(openCheckpoint(sign(TEXT, other), readVkey(vkeyOf(other, 'ed25519', PUBLIC))!)).toBeUndefined();
  });

  it.each([
    'o\n7\n',
    'o\n07\nAA==\n',
    `o\n7\n${'A'.repeat(43)}=`,
    `\n7\n${'A'.repeat(43)}=\n`,
    'o\n7\nAAAA\n',
  ])('are none as %j', (text) => {
    expect(readCheckpointText(text)).toBeUndefined();
  });

  it('lose their signature with any bit of them', () => {
    const bytes = utf8(NOTE);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
        const changed = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const text = new TextDecoder().decode(changed);
        expect(openCheckpoint(text, readVkey(VKEY)!)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
