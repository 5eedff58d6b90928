import { Signer } from '@app/platform';
import { checkpointText, keyIdOf, utf8, writeNote } from '@app/proof';
import type { TamperBook } from './ledger-tamper-book';
import type { Chance } from './ledger-tampers';

/** Changes the past and everything in the book that follows from it, but for seals and signatures. */
export type Forgery = (tamper: TamperBook, chance: Chance) => Promise<void>;

const anEntry = async ({ ask, book }: TamperBook, chance: Chance, which: string): Promise<string> => {
  const rows = await ask<{ seq: string }>(
    `SELECT e.seq FROM ledger.entry e WHERE e.book = $1 AND ${which} ORDER BY e.seq`,
    [book.id],
  );
  return chance.of(rows).seq;
};

/** A transfer of another amount, with every later balance and the totals to match. */
const anotherAmount: Forgery = async (tamper, chance) => {
  const { ask, book } = tamper;
  const seq = await anEntry(
    tamper,
    chance,
    `e.legs = 2 AND e.hold IS NULL AND e.reverses IS NULL AND e.effective_at > (SELECT max(ends_at) FROM ledger.period)
     AND NOT EXISTS (SELECT FROM ledger.hold h WHERE h.seq = e.seq)
     AND NOT EXISTS (SELECT FROM ledger.entry r WHERE r.reverses = e.seq)
     AND EXISTS (SELECT FROM ledger.posting p JOIN ledger.account a ON a.id = p.account
                  WHERE p.seq = e.seq AND p.amount > 0 AND a.path = 'till')`,
  );
  const more = 1 + chance.below(50);
  await ask(
    `UPDATE ledger.account a SET debits = a.debits + CASE WHEN p.amount > 0 THEN $3::bigint ELSE 0 END,
            credits = a.credits + CASE WHEN p.amount < 0 THEN $3::bigint ELSE 0 END
       FROM ledger.posting p WHERE p.book = $1 AND p.seq = $2 AND a.book = $1 AND a.id = p.account`,
    [book.id, seq, more],
  );
  await ask(
    `UPDATE ledger.posting l SET balance_after = l.balance_after + a.side * sign(p.amount)::bigint * $3::bigint
       FROM ledger.posting p JOIN ledger.account a ON a.book = p.book AND a.id = p.account
      WHERE p.book = $1 AND p.seq = $2 AND l.book = $1 AND l.account = p.account AND l.version >= p.version`,
    [book.id, seq, more],
  );
  await ask(
    `UPDATE ledger.posting SET amount = amount + sign(amount)::bigint * $3::bigint WHERE book = $1 AND seq = $2`,
    [...[book.id, seq], more],
  );
};

const anotherWord =
  (set: string, which = 'e.seq > 1'): Forgery =>
  async (tamper, chance) => {
    const seq = await anEntry(tamper, chance, which);
    await tamper.ask(`UPDATE ledger.entry SET ${set} WHERE book = $1 AND seq = $2`, [tamper.book.id, seq]);
  };

const anotherReason: Forgery = async ({ ask, book }) => {
  await ask(`UPDATE ledger.refusal SET facts = facts || '{"missing": "1"}' WHERE book = $1`, [book.id]);
};

const anotherPerson: Forgery = async ({ ask, book }) => {
  await ask(`UPDATE ledger.period SET closed_by = 'somebody' WHERE book = $1`, [book.id]);
  await ask(`UPDATE ledger.event SET actor = 'somebody' WHERE book = $1 AND type = 'period-closed'`, [
    book.id,
  ]);
};

const anotherOwner: Forgery = async ({ ask, book }) => {
  await ask(`UPDATE ledger.account SET path = 'eve' WHERE book = $1 AND path = 'ann'`, [book.id]);
  await ask(
    `UPDATE ledger.event SET facts = facts || '{"account": "eve"}' WHERE book = $1 AND facts ->> 'account' = 'ann'`,
    [book.id],
  );
  await ask(
    `UPDATE ledger.period SET trial_balance = ledger.trial_balance_digest(book, no) WHERE book = $1`,
    [book.id],
  );
  await ask(
    `UPDATE ledger.event v SET facts = v.facts || jsonb_build_object('trialBalance', encode(d.trial_balance, 'hex'))
       FROM ledger.period d
      WHERE v.book = $1 AND v.type = 'period-closed' AND d.book = $1 AND d.no::text = v.facts ->> 'period'`,
    [book.id],
  );
};

/** The end of the log, taken back and sealed anew. */
const anotherEnd: Forgery = async ({ ask, book }) => {
  const [last] = await ask<{ no: string }>('SELECT max(no) AS no FROM ledger.seal WHERE book = $1', [
    book.id,
  ]);
  await ask('DELETE FROM ledger.seal WHERE book = $1 AND no = $2', [book.id, last!.no]);
  await ask('SELECT ledger.seal_next($1)', [book.id]);
};

export const FORGERIES: Readonly<Record<string, Forgery>> = {
  'an amount': anotherAmount,
  'the actor of an entry': anotherWord(`actor = 'nobody'`),
  'the reference of an entry': anotherWord(`reference = 'other'`),
  'the request behind an entry': anotherWord('body = sha256(body)'),
  'the time of recording of an entry': anotherWord(
    `recorded_at = recorded_at - interval '1 microsecond'`,
    `e.legs = 2 AND EXISTS (SELECT FROM ledger.entry b WHERE b.book = e.book AND b.seq = e.seq - 1
       AND b.recorded_at < e.recorded_at - interval '1 second')`,
  ),
  'the facts of a refusal': anotherReason,
  'who closed the periods': anotherPerson,
  'whose account it is': anotherOwner,
  'the last seal': anotherEnd,
};

/** Recomputes every root, hash and checkpoint of the log and signs it all again with the stolen key. */
export async function sealAgain({ ask, book }: TamperBook): Promise<void> {
  const signer = book.module.get(Signer, { strict: false });
  const seals = await ask<{ no: string }>('SELECT no FROM ledger.seal WHERE book = $1 ORDER BY no', [
    book.id,
  ]);
  for (const { no } of seals) {
    for (const set of [
      `root = ledger.merkle_root(ledger.seal_leaves(s.book, s.seed, s.first_entry, s.next_entry, s.first_refusal,
         s.next_refusal, s.first_event, s.next_event)),
       previous = coalesce((SELECT b.hash FROM ledger.seal b WHERE b.book = s.book AND b.no = s.no - 1),
                           decode(repeat('00', 32), 'hex'))`,
      'hash = ledger.seal_hash(s)',
      'subtrees = ledger.log_subtrees(s.book, s.no, s.hash)',
    ]) {
      await ask(`UPDATE ledger.seal s SET ${set} WHERE s.book = $1 AND s.no = $2`, [book.id, no]);
    }
  }
  const checkpoints = await ask<{ origin: string; size: string; root: Buffer }>(
    `SELECT l.origin, c.size, ledger.log_root(c.book, c.size) AS root
       FROM ledger.checkpoint c JOIN ledger.log l ON l.book = c.book WHERE c.book = $1`,
    [book.id],
  );
  for (const { origin, size, root } of checkpoints) {
    const text = checkpointText({ origin, size: BigInt(size), root });
    const keyId = keyIdOf(origin, signer.algorithm, signer.publicKey);
    const note = writeNote(text, origin, keyId, signer.sign(utf8(text)));
    await ask('UPDATE ledger.checkpoint SET root = $3, note = $4 WHERE book = $1 AND size = $2', [
      ...[book.id, size, root],
      note,
    ]);
  }
}
