import { IdentityEdge, newStaff, STAFF_PASSWORD } from './identity-edge';

describe('the database after people signed in', () => {
  let edge: IdentityEdge;
  let adminToken: string;

  beforeAll(async () => {
    edge = await IdentityEdge.start();
    adminToken = await edge.tokenOf(edge.administrator.login, edge.administrator.password);
  });
  afterAll(() => edge.stop());

  it('no password, token, phone or code is in clear anywhere in the database', async () => {
    await edge.createStaff(newStaff('town.clerk'), adminToken);
    await edge.tokenOf('town.clerk');
    await edge.signIn('nobody', 'password-typed-as-nobody');
    await edge.signIn('password.typed.as.login', 'x');
    const token = await edge.tokenOf(edge.administrator.login, edge.administrator.password);
    await edge.requestCode('13900008888');
    await edge.signInByCode('13900008888', edge.lastCode);
    const passwords = [edge.administrator.password, STAFF_PASSWORD, 'password-typed-as', 'password.typed.as'];
    // A code is six digits, which turn up anywhere: it is looked for as a field of its own.
    const codes = edge.sent.flatMap(({ phone, code }) => [phone, `"${code}"`, `(${code},`, `,${code},`]);
    const secrets = [...passwords, ...codes, token, adminToken];
    const tables = await edge.admin.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const clear: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await edge.admin.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      // bytea is printed in hex: what lies there in clear shows as the hex of its bytes.
      const haystack = rows.map(({ text }) => text).join('\n');
      const found = secrets.filter(
        (secret) => haystack.includes(secret) || haystack.includes(Buffer.from(secret).toString('hex')),
      );
      expect({ table: name, found }).toEqual({ table: name, found: [] });
      if (haystack.includes('town.clerk')) clear.push(name);
    }
    // The search does find what is in clear: the login, which is no secret.
    expect(clear).toEqual(['identity.users']);
  });
});
