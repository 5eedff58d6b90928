import pg from 'pg';

const LOOK_EVERY_MS = 100;

/** Age of the oldest entry that no seal covers yet; 0 when all are sealed. */
const LAG = `
  SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - e.recorded_at) FROM ledger.entry e
                    WHERE e.book = $1 AND e.seq = coalesce(
                      (SELECT s.next_entry FROM ledger.seal s WHERE s.book = $1 ORDER BY s.no DESC LIMIT 1), 1)), 0)::float8
         AS lag`;

/** Looks how far the sealer is behind while the book is posted to. */
export class SealWatch {
  /** The longest lag of each round, in seconds. */
  worst = [];

  constructor(stage, book) {
    Object.assign(this, { stage, book });
  }

  async begin() {
    this.client = new pg.Client({ connectionString: this.stage.adminUrl, application_name: 'tanhui-bench' });
    await this.client.connect();
    this.longest = 0;
    this.isLooking = true;
    this.looking = this.#look();
  }

  async #look() {
    while (this.isLooking) {
      const { rows } = await this.client.query({ name: 'lag', text: LAG, values: [this.book] });
      this.longest = Math.max(this.longest, rows[0].lag);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async end() {
    this.isLooking = false;
    await this.looking;
    await this.client.end();
    this.worst.push(this.longest);
  }
}
