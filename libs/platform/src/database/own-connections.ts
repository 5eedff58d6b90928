import { isDatabaseAway } from './database-errors';
import { OwnConnection, type OwnConnectionSettings } from './own-connection';

/** A few kept connections: whoever comes when all are taken waits in line, and a broken one is replaced. */
export class OwnConnections {
  readonly #idle: OwnConnection[] = [];
  readonly #line: (() => void)[] = [];
  #taken = 0;

  constructor(
    private readonly settings: OwnConnectionSettings,
    private readonly max: number,
  ) {}

  async use<T>(work: (connection: OwnConnection) => Promise<T>): Promise<T> {
    if (this.#taken === this.max) await new Promise<void>((resolve) => this.#line.push(resolve));
    else this.#taken += 1;
    try {
      const connection = this.#idle.pop() ?? (await OwnConnection.open(this.settings));
      try {
        return await work(connection);
      } catch (error) {
        // The driver hears of a lost socket only after those who wait for an answer do.
        if (isDatabaseAway(error)) connection.abandon();
        throw error;
      } finally {
        if (!connection.isBroken) this.#idle.push(connection);
      }
    } finally {
      this.passOn();
    }
  }

  /** Closes what is idle: call it when nobody uses one any more. */
  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }

  private passOn(): void {
    const next = this.#line.shift();
    if (next) next();
    else this.#taken -= 1;
  }
}
