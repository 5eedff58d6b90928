import { Database } from './database';

/** A process that could write past the ledger's functions does not start. */
export async function assertApplicationRole(database: Database): Promise<void> {
  const rows = await database.query<{ too_strong: boolean; name: string }>(`
    SELECT current_user AS name,
           r.rolsuper OR r.rolcreaterole OR pg_has_role(current_user, 'tanhui_owner', 'MEMBER') AS too_strong
      FROM pg_roles r WHERE r.rolname = current_user`);
  if (rows[0]?.too_strong ?? true) {
    throw new Error(
      `DATABASE_URL names ${rows[0]?.name ?? 'an unknown role'}, which may do more than the application needs. ` +
        'Use a role that is only a member of tanhui_app.',
    );
  }
}
