import type { Leg } from '../entry';

type Named = Pick<Leg, 'path' | 'asset'>;

/** Up to so many are compared one by one: a set costs more than all else that is asked of an entry of two legs. */
const COMPARED = 8;

/** Tells whether an entry has named an account and asset before. */
export class SeenAccounts {
  readonly #few: Named[] = [];
  #many: Set<string> | undefined;

  /** False when it has been added before. */
  add(named: Named): boolean {
    if (this.#many) return addName(this.#many, named);
    if (this.#few.some(({ path, asset }) => path === named.path && asset === named.asset)) return false;
    this.#few.push(named);
    if (this.#few.length > COMPARED) this.#many = new Set(this.#few.map(nameOf));
    return true;
  }
}

const nameOf = ({ path, asset }: Named): string => `${path} ${asset}`;

function addName(names: Set<string>, named: Named): boolean {
  return names.size < names.add(nameOf(named)).size;
}
