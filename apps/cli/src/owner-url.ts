/** The owner's connection: only the command line has it, never the api or the worker. */
export function ownerUrl(): string {
  const url = process.env.MIGRATE_DATABASE_URL;
  if (!url) throw new Error("Set MIGRATE_DATABASE_URL to the owner role's connection.");
  return url;
}
