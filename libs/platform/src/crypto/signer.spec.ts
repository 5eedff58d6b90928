import { generateKeyPairSync, randomBytes } from 'node:crypto';

import { Ed25519Signer, isSm2Signature, Sm2Signer } from './signer';

const message = Buffer.from('ledger.example\n1\n');

describe('signers', () => {
  it('sign with Ed25519 as RFC 8032 has it', () => {
    // The first test vector of RFC 8032, 7.1.
    const signer = new Ed25519Signer(
      Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'),
    );
    expect(Buffer.from(signer.publicKey).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
    expect(Buffer.from(signer.sign(new Uint8Array())).toString('hex')).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
  });

  it('take 32 bytes and nothing else for an Ed25519 key', () => {
    expect(() => new Ed25519Signer(randomBytes(31))).toThrow(/32 bytes/);
  });

  it('sign with SM2 and SM3 what the public key alone verifies', () => {
    const signer = new Sm2Signer(newKey('SM2'));
    const signature = signer.sign(message);
    expect(signer.publicKey).toHaveLength(65);
    expect(isSm2Signature(signer.publicKey, message, signature)).toBe(true);
    expect(isSm2Signature(signer.publicKey, Buffer.from('another'), signature)).toBe(false);
    expect(isSm2Signature(new Sm2Signer(newKey('SM2')).publicKey, message, signature)).toBe(false);
  });

  it('do not take a key of another curve for SM2', () => {
    expect(() => new Sm2Signer(newKey('P-256'))).toThrow(/SM2/);
  });
});

const newKey = (namedCurve: string): Buffer =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ format: 'der', type: 'pkcs8' });
