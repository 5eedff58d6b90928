import { createPublicKey, randomBytes, verify } from 'node:crypto';

import { CHECKPOINT_ALGORITHMS, Ed25519Signer, signerOf, Sm2Signer } from './signer';

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
    const signer = new Sm2Signer(randomBytes(32));
    const signature = signer.sign(message);
    expect(isSm2Signature(signer.publicKey, message, signature)).toBe(true);
    expect(isSm2Signature(signer.publicKey, Buffer.from('another'), signature)).toBe(false);
    expect(isSm2Signature(new Sm2Signer(randomBytes(32)).publicKey, message, signature)).toBe(false);
  });

  it('have the public key of SM2 that GB/T 32918.5, appendix A, has', () => {
    const secret = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8';
    expect(Buffer.from(new Sm2Signer(Buffer.from(secret, 'hex')).publicKey).toString('hex')).toBe(
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
        'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    );
  });

  it.each([
    ['0'.repeat(64), 'zero'],
    ['fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122', 'the last of the group'],
    ['ff'.repeat(32), 'beyond the group'],
    ['01'.repeat(31), 'a byte short'],
  ])('do not take %s for a key of SM2: %s', (secret) => {
    expect(() => new Sm2Signer(Buffer.from(secret, 'hex'))).toThrow(/make another/);
  });

  it('are chosen by the name of their algorithm', () => {
    const secret = randomBytes(32);
    expect(signerOf('ed25519', secret)).toMatchObject({ algorithm: 'ed25519' });
    expect(signerOf('sm2', secret)).toMatchObject({ algorithm: 'sm2-sm3' });
    expect(CHECKPOINT_ALGORITHMS).toEqual(['ed25519', 'sm2']);
  });
});

const SPKI_SM2 = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');

/** By OpenSSL, which nobody needs to verify with: the library of proofs has a verifier of its own. */
function isSm2Signature(publicKey: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean {
  const spki = Buffer.concat([SPKI_SM2, publicKey]);
  return verify('sm3', text, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}
