import { appendFileSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An append-only file of JSON lines, synced before anything is answered: the bank remembers across a kill. */
export class Journal<Event> {
  readonly #file: number;
  readonly #path: string;

  constructor(directory: string, name: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#path = join(directory, name);
    this.#file = openSync(this.#path, 'a', 0o600);
  }

  append(event: Event): void {
    appendFileSync(this.#file, `${JSON.stringify(event)}\n`);
    fsyncSync(this.#file);
  }

  /** All events so far. A last line that a crash cut short was never answered for and is left out. */
  replay(): Event[] {
    if (!existsSync(this.#path)) return [];
    return readFileSync(this.#path, 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          return line === '' ? [] : [JSON.parse(line) as Event];
        } catch {
          return [];
        }
      });
  }
}
