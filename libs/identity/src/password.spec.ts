import { decoyHash, hashPassword, verifyPassword } from './password';

describe('a hashed password', () => {
  it('says how it was made and does not hold the password', async () => {
    const hash = await hashPassword('sunlit-forest-9');
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(hash).not.toContain('sunlit');
  });

  it('is another text each time, and fits its own password only', async () => {
    const [one, two] = [await hashPassword('sunlit-forest-9'), await hashPassword('sunlit-forest-9')];
    expect(one).not.toBe(two);
    expect(await verifyPassword('sunlit-forest-9', two)).toBe(true);
    expect(await verifyPassword('sunlit-forest-8', two)).toBe(false);
  });

  it('is checked at the cost it names, not at the cost of today', async () => {
    // N=1024, r=8, p=1 of "sunlit-forest-9" with sixteen zero bytes of salt.
    const old = '$scrypt$ln=10,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$ISDCdk0M1PeC1ILwMwYyltgzNV05Qg+8UrWbN3Ao8uI';
    expect(await verifyPassword('sunlit-forest-9', old)).toBe(true);
    expect(await verifyPassword('sunlit-forest-8', old)).toBe(false);
  });

  it('is the same password in full-width letters', async () => {
    expect(await verifyPassword('ＡＢＣ１２３４５６７', await hashPassword('ABC1234567'))).toBe(true);
  });

  it('throws on a text that is no hash', async () => {
    await expect(verifyPassword('x', '$2b$10$abc')).rejects.toThrow('says how it was made');
  });

  it('of nobody costs as much as a real one', async () => {
    expect((await decoyHash()).split('$').slice(0, 3)).toEqual(
      (await hashPassword('x')).split('$').slice(0, 3),
    );
  });
});
