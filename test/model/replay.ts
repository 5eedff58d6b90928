import { isDeepStrictEqual } from 'node:util';

import { freshIn, type Answer } from './answer';
import { microsOfText } from './instant';
import type { Book } from './book';
import { decide, numberOf } from './decide';
import type { Call } from './history';
import { plain } from './plain';
import { ANY_FIELD } from './post';

/** What a single caller was told, with nothing else going on: exactly what the model says. */
export function replayOne(book: Book, call: Call): void {
  expectSame(decide(book, call.command).answer, call);
}

/**
 * Plays what many callers saw again, alone: whatever took numbers in the order of those numbers, and every other
 * answer at some moment between its call and its return. Throws with the first answer that no moment explains.
 */
export function replay(book: Book, calls: readonly Call[]): void {
  const numbered = calls.filter(({ answer }) => numberOf(answer) !== undefined);
  numbered.sort((one, other) => Number(numberOf(one.answer)! - numberOf(other.answer)!));
  expectRealTimeOrder(numbered);
  const others = calls.filter(({ answer }) => numberOf(answer) === undefined);
  const waiting = [...groupsOf(others)].map((group) => windowOf(group, numbered));
  book.refusalsShareTime = true;
  for (let at = 0; at <= numbered.length; at += 1) {
    explainAt(book, at, waiting);
    const next = numbered[at];
    if (next) playNumbered(book, next);
  }
  book.refusalsShareTime = false;
}

/** Its instant is the ledger's to tell, as long as it is later than the one before. */
function playNumbered(book: Book, call: Call): void {
  const [first] = freshIn(call.answer);
  const at = microsOfText(first!.posted.recordedAt!);
  if (at <= book.last || at < book.clock) throw new Error(`Time stands still: ${textOf(call)}`);
  book.hint = at;
  const { answer } = decide(book, call.command);
  book.hint = undefined;
  expectSame(answer, call);
}

/** A call that returned before another began has the smaller number. */
function expectRealTimeOrder(numbered: readonly Call[]): void {
  let earliest = Infinity;
  for (const call of [...numbered].reverse()) {
    if (earliest < call.called) throw new Error(`A later call has a smaller number than ${textOf(call)}`);
    earliest = Math.min(earliest, call.returned);
  }
}

/** Calls that one decision answered: those of one frozen key, else each by itself. */
interface Waiting {
  readonly calls: readonly Call[];
  readonly from: number;
  readonly to: number;
  explained: boolean;
  /** What the model would have said in the last state tried. */
  said?: Answer;
}

function* groupsOf(calls: readonly Call[]): Generator<Call[]> {
  const byKey = new Map<string, Call[]>();
  for (const call of calls) {
    const name = frozenName(call);
    if (name === undefined) yield [call];
    else byKey.set(name, [...(byKey.get(name) ?? []), call]);
  }
  yield* byKey.values();
}

/** Answers that stay with their key are one decision, whoever heard it. */
function frozenName({ command, answer }: Call): string | undefined {
  if (!('refused' in answer) || answer.refused.code === 'KEY_REUSED') return undefined;
  const id = command.do === 'post' ? command.draft.id : 'id' in command ? command.id : undefined;
  return id && JSON.stringify([id, answer, command], plain);
}

/** States are counted by the numbered calls played before them. */
function windowOf(calls: readonly Call[], numbered: readonly Call[]): Waiting {
  const called = Math.min(...calls.map((call) => call.called));
  const returned = Math.min(...calls.map((call) => call.returned));
  const from = numbered.findLastIndex((other) => other.returned < called) + 1;
  const after = numbered.findIndex((other) => other.called > returned);
  return { calls, from, to: after < 0 ? numbered.length : after, explained: false };
}

/** A decision that fits this state stays: of a refusal its key remembers the answer. */
function explainAt(book: Book, at: number, waiting: readonly Waiting[]): void {
  // What one decision freezes may be what the next one needs: asked again until nothing more fits.
  for (let more = true; more;) {
    more = false;
    for (const group of waiting) {
      if (group.explained || at < group.from || at > group.to) continue;
      const [first] = group.calls as [Call];
      const { answer, undo } = decide(book, first.command);
      group.said = answer;
      if (isSame(answer, first.answer)) more = group.explained = true;
      else undo();
    }
  }
  const stuck = waiting.find(({ explained, to }) => !explained && to === at);
  if (stuck) {
    const [first] = stuck.calls as [Call];
    const window = `${stuck.from}–${stuck.to}`;
    throw new Error(
      `No moment of ${window} explains ${textOf(first)}\nThe model says ${JSON.stringify(stuck.said)}`,
    );
  }
}

function expectSame(expected: Answer, call: Call): void {
  if (!isSame(expected, call.answer))
    throw new Error(`The ledger says ${textOf(call)}\nThe model says ${JSON.stringify(expected)}`);
}

/**
 * A reused key is told by one of the fields that differ: the ledger keeps digests of them that are short, so once in
 * some thousands none seems to, and the body is told. That each field is named otherwise, body.rules.spec.ts says.
 */
function isSame(expected: Answer, told: Answer): boolean {
  if ('items' in expected && 'items' in told && expected.items.length === told.items.length)
    return expected.items.every((item, at) => isSame(item, told.items[at]!));
  if ('refused' in expected && 'refused' in told && expected.refused.code === 'KEY_REUSED') {
    const { field: fields, ...facts } = expected.refused;
    const { field, ...toldFacts } = told.refused;
    const isOne = fields === ANY_FIELD || field === 'body' || fields!.split(' ').includes(field!);
    return isOne && isDeepStrictEqual(facts, toldFacts);
  }
  return isDeepStrictEqual(expected, told);
}

const textOf = ({ command, answer }: Call): string => JSON.stringify({ command, answer }, plain);
