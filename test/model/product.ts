import type { TestingModule } from '@nestjs/testing';

import type { Result } from '@app/kernel';
import {
  AskReopening,
  ChangeFloor,
  CloseAccount,
  ClosePeriod,
  EndHold,
  EXPIRE_HOLD,
  HoldStore,
  Ledger,
  OpenAccount,
  PlaceHold,
  PostBatch,
  PostEntry,
  ReopenPeriod,
  ReverseEntry,
  type EntryDraft,
  type PeriodOutcome,
  type PostedEntry,
  type ReleaseHoldCommand,
  type ReverseEntryCommand,
} from '@app/ledger';
import { JobHandlers, UnitOfWork } from '@app/platform';
import { factsText, postingText, wouldBePosted, type Answer, type Posted, type Refused } from './answer';
import type { Draft } from './book';
import type { BookClocks } from './book-clocks';
import { ACTOR, type Batch, type Command, type Of } from './commands';
import { dateOf } from './instant';
import { ask } from './product-queries';

type Given<Name extends Command['do']> = (command: Of<Name>) => Promise<Answer>;

/** The ledger of one process and one book, asked in the words of the model. */
export class Product {
  constructor(
    readonly module: TestingModule,
    readonly book: number,
    private readonly clocks: BookClocks,
  ) {}

  /** The answer as text; throws only when the ledger breaks. */
  do(command: Command): Promise<Answer> {
    const way = this.ways[command.do] as (command: Command) => Promise<Answer>;
    return way(command);
  }

  private readonly ways: { readonly [Name in Command['do']]: Given<Name> } = {
    post: async ({ draft }) => one(await this.get(PostEntry).execute(this.book, ACTOR, draftOf(draft))),
    work: ({ drafts }) => this.work(drafts.map(draftOf)),
    batch: (command) => this.batch(command),
    reverse: async (command) =>
      one(await this.get(ReverseEntry).execute(this.book, ACTOR, reversalOf(command))),
    hold: async ({ expiresAt, ...command }) =>
      one(await this.get(PlaceHold).execute(this.book, ACTOR, { ...command, expiresAt: dateOf(expiresAt) })),
    commit: async (command) => one(await this.get(EndHold).commit(this.book, ACTOR, said(command))),
    release: async ({ id, hold, amount }) =>
      one(
        await this.get(EndHold).release(this.book, ACTOR, said({ id, hold, amount }) as ReleaseHoldCommand),
      ),
    expire: ({ hold }) => this.expire(hold),
    open: async (command) =>
      outcome(await this.get(OpenAccount).execute(this.context(), command), ({ opened }) =>
        opened ? 'opened' : 'there',
      ),
    close: async (command) =>
      outcome(await this.get(CloseAccount).execute(this.context(), command), ({ closed }) => closed),
    floor: async (command) =>
      outcome(await this.get(ChangeFloor).execute(this.context(), command), ({ changed }) => changed),
    'close-period': async ({ endsAt }) =>
      outcome(await this.get(ClosePeriod).execute(this.context(), { endsAt: dateOf(endsAt) }), (done) => [
        ...periodText(done).slice(0, 1),
        done.period.trialBalance,
        done.replayed,
      ]),
    'ask-reopening': async ({ no, by }) =>
      outcome(await this.get(AskReopening).execute(this.context(by), { no }), periodText),
    reopen: async ({ no, by }) =>
      outcome(await this.get(ReopenPeriod).execute(this.context(by), { no }), periodText),
    ask: async ({ query }) => ({ done: await ask(this.module, this.book, query) }),
    wait: async ({ until }) => {
      await this.clocks.moveTo(dateOf(until));
      return { done: null };
    },
  };

  private get: TestingModule['get'] = ((token: never) => this.module.get(token)) as TestingModule['get'];

  private context(actor = ACTOR) {
    return { book: this.book, actor, action: 'test.model' };
  }

  private async work(drafts: readonly EntryDraft[]): Promise<Answer> {
    const door = this.get(Ledger).domain('test');
    const done = await this.get(UnitOfWork).run(this.context(), (tx) => door.post(tx, drafts));
    return done.ok ? { items: done.value.map(postedText) } : refusedText(done.reason);
  }

  private async batch({ id, mode, dryRun, drafts }: Batch): Promise<Answer> {
    const command = { id, mode, dryRun, drafts: drafts.map((draft) => draftOf({ ...draft, id: '' })) };
    const done = await this.get(PostBatch).execute(this.book, ACTOR, command);
    if (!done.ok) return refusedText(done.reason);
    const items = done.value.items.map(one);
    return { items: dryRun ? items.map(wouldBePosted) : items };
  }

  private async expire(hold: string): Promise<Answer> {
    if (!(await this.get(HoldStore).byId(this.book, hold))) return { done: 'unknown' };
    const payload = { hold };
    const job = { book: this.book, id: hold, attempt: 1, payload };
    const { kind } = await this.get(JobHandlers).run(EXPIRE_HOLD.name, job);
    return { done: kind };
  }
}

/** Fields that are not said are absent, not undefined. */
const said = <T extends object>(command: T): T =>
  Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined)) as T;

export const draftOf = ({ effectiveAt, hold, ends, ...draft }: Draft): EntryDraft =>
  said({
    ...draft,
    effectiveAt: effectiveAt === undefined ? undefined : dateOf(effectiveAt),
    hold: hold && { expiresAt: dateOf(hold.expiresAt), endedBy: hold.endedBy },
    ends: ends && said(ends),
  }) as EntryDraft;

const reversalOf = ({ id, entry, legs, effectiveAt, conditions }: Of<'reverse'>): ReverseEntryCommand =>
  said({
    ...{ id, entry, legs, conditions },
    effectiveAt: effectiveAt === undefined ? undefined : dateOf(effectiveAt),
  }) as ReverseEntryCommand;

const postedText = (entry: PostedEntry): Posted => ({
  posted: {
    id: entry.id,
    seq: entry.seq.toString(),
    recordedAt: entry.recordedAtText,
    effectiveAt: entry.effectiveAtText,
    postings: entry.postings.map(postingText),
  },
  replayed: entry.replayed,
});

const refusedText = (reason: object): Refused => ({ refused: factsText(reason) });

const one = (result: Result<PostedEntry>): Posted | Refused =>
  result.ok ? postedText(result.value) : refusedText(result.reason);

const outcome = <T>(result: Result<T>, facts: (value: T) => unknown): Answer =>
  result.ok ? { done: facts(result.value) } : refusedText(result.reason);

const periodText = ({ period, replayed }: PeriodOutcome): unknown[] => [period.no.toString(), replayed];
