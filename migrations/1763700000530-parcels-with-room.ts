import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A parcel's row is written anew soon after it came: its rights are counted, it is measured, it is registered. With room
 * beside it the new version stays on its page, and none of the indexes is touched. Pages written before keep their form.
 */
export class ParcelsWithRoom1763700000530 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE registry.parcel SET (fillfactor = 45)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE registry.parcel RESET (fillfactor)`);
  }
}
