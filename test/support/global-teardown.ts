import { Client } from 'pg';

/** A test file that forgets its database leaves its connections too: the run fails and names what is left. */
export default async function globalTeardown(): Promise<void> {
  const template = process.env.TEST_TEMPLATE;
  if (!template || process.env.TEST_LEFT_OVER_SEEN) return;
  process.env.TEST_LEFT_OVER_SEEN = '1';
  const admin = new Client({ connectionString: process.env.TEST_ADMIN_DATABASE_URL });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ datname: string; about: string | null }>(
      `SELECT datname, shobj_description(oid, 'pg_database') AS about FROM pg_database
       WHERE starts_with(datname, $1) ORDER BY datname`,
      [`${template}_`],
    );
    if (rows.length === 0) return;
    const list = rows.map((row) => `  ${row.about ?? row.datname}`).join('\n');
    throw new Error(`${rows.length} test databases were not dropped; they were made by\n${list}`);
  } finally {
    await admin.end();
  }
}
