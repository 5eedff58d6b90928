import { programOf } from '../harness/programs.mjs';
import { Stage } from '../ledger/stage.mjs';

const SIZE = { holders: 100_000, county: 500_000, growth: 1_000_000 };
const SIZE_QUICK = { holders: 1_000, county: 3_000, growth: 10_000 };

/** The ledger's stage, with a desk of the registry and books of a county each. */
export class RegistryStage extends Stage {
  constructor(wish) {
    super(wish);
    this.size = { ...this.size, ...(wish.options.quick ? SIZE_QUICK : SIZE) };
    this.counties = 0;
    /** The last year that is over. */
    this.year = new Date().getFullYear() - 1;
  }

  registryDesk() {
    const program = programOf('bench/registry/programs/desk');
    return this.start({ name: 'registry-desk', program, environment: this.environment(), ready: 'ready' });
  }

  /** A new book: every import and issuance is the first of its book. */
  async newBook(desk) {
    this.counties += 1;
    const code = `county-${this.counties}`;
    return { code, book: await desk.ask('open', { code }) };
  }
}
