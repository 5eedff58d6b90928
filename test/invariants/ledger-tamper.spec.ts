import {
  Chance,
  changeColumn,
  columnsOfTheLedger,
  deleteRow,
  insertLike,
  swapValues,
} from './ledger-tampers';
import type { Column, Damage } from './ledger-tampers';
import { FORGERIES, sealAgain } from './ledger-forgeries';
import { TamperBook } from './ledger-tamper-book';

/** Of each column; with the rows deleted, inserted and swapped that makes some hundreds. */
const CHANGES_OF_A_COLUMN = 3;
const ROWS_OF_A_TABLE = 5;
const TIMES_FORGED = 3;
/** A value that a constraint refuses, or that changes nothing, is no damage: another is tried. */
const TRIES = 60;
const TABLES = [
  ...['account', 'account_kind', 'asset', 'checkpoint', 'entry', 'entry_kind', 'event', 'fence', 'hold'],
  ...['hold_step', 'log', 'period', 'period_balance', 'posting', 'refusal', 'seal'],
];
/** Where it shows when not in the table itself or at the seal over it: in the rows that must agree with it. */
const SHOWN_AT: Readonly<Record<string, readonly string[]>> = {
  account: ['posting', 'period_balance'],
  account_kind: ['account', 'entry_kind', 'posting'],
  asset: ['account', 'posting'],
  // A copy that was published is no longer kept.
  checkpoint: ['copy'],
  entry: ['fence', 'hold', 'hold_step', 'posting'],
  entry_kind: ['hold_step', 'posting'],
  event: ['account', 'account_kind', 'asset', 'entry_kind', 'fence', 'period'],
  hold: ['hold_step'],
  hold_step: ['hold'],
  log: ['checkpoint'],
  period: ['fence', 'period_balance'],
  period_balance: ['period'],
  posting: ['account', 'entry', 'hold', 'period_balance'],
  // One added behind the last, or the last one gone.
  refusal: ['fence'],
  seal: ['checkpoint', 'copy'],
};

describe('a book in the hands of whoever owns the server', () => {
  const seed = Number(process.env.TAMPER_SEED ?? Date.now() % 1_000_000_007);
  let tamper: TamperBook;
  let columns: readonly Column[];
  let damages = 0;

  beforeAll(async () => {
    tamper = await TamperBook.open();
    columns = await columnsOfTheLedger(tamper.book.admin);
  });
  afterAll(() => tamper.book.close());

  it('verifies as long as only the doors have written it', async () => {
    expect(await tamper.findings()).toEqual([]);
    expect([...new Set(columns.map(({ table }) => table))].sort()).toEqual(TABLES);
  });

  describe(`is found out (TAMPER_SEED=${seed})`, () => {
    it.each(TABLES)(
      'when anything in %s is changed',
      async (table) => {
        const chance = new Chance(seed + TABLES.indexOf(table));
        const own = columns.filter((column) => column.table === table);
        const missed: string[] = [];
        const shows = [table, 'seal', '*', ...(SHOWN_AT[table] ?? [])];
        const tryAll = async (damage: Damage, times: number): Promise<void> => {
          for (let done = 0, tries = 0; done < times && tries < TRIES; tries += 1) {
            const sql = damage(own, chance);
            const places = await placesAfter(sql);
            if (!places) continue;
            done += 1;
            damages += 1;
            if (!places.some((place) => shows.includes(place))) missed.push(`${places.join()} after ${sql}`);
          }
        };
        for (const column of own) await tryAll(changeColumn(column), CHANGES_OF_A_COLUMN);
        for (const damage of [deleteRow, insertLike, swapValues]) await tryAll(damage, ROWS_OF_A_TABLE);
        expect(missed).toEqual([]);
      },
      240_000,
    );
  });

  describe(`and who recomputes the whole chain and signs it with the stolen key (TAMPER_SEED=${seed})`, () => {
    it.each(Object.keys(FORGERIES))(
      'is found out by the published checkpoints when he changes %s',
      async (what) => {
        const chance = new Chance(seed + what.length);
        for (let times = 0; times < TIMES_FORGED; times += 1) {
          await tamper.tampering(async () => {
            await FORGERIES[what]!(tamper, chance);
            await sealAgain(tamper);
            expect(await tamper.findings(false)).toEqual([]);
            const codes = (await tamper.findings()).map(({ code }) => code);
            expect(new Set(codes)).toEqual(new Set(['LOG_FORKED']));
          });
          damages += 1;
        }
      },
    );
  });

  it('in five hundred ways at least', () => expect(damages).toBeGreaterThanOrEqual(500));

  /** The tables in which verifying finds something wrong; undefined when nothing was damaged. */
  async function placesAfter(sql: string): Promise<string[] | undefined> {
    const { admin } = tamper.book;
    return tamper.tampering(async () => {
      const before = await contents();
      const done = await admin.query(sql).catch(() => undefined);
      if (!done || (await contents()) === before) return undefined;
      return [...new Set((await tamper.findings()).map(({ relation }) => relation))];
    });
  }

  /** One digest of all rows of all tables. */
  async function contents(): Promise<string> {
    const digests = TABLES.map(
      (table) => `(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM ledger.${table} t)`,
    );
    const { rows } = await tamper.book.admin.query<{ digest: string }>(
      `SELECT concat(${digests.join(', ')}) AS digest`,
    );
    return rows[0]!.digest;
  }
});
