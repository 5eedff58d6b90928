import { ok, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { checkText } from './check-text';
import type { Refused } from './compensation.refusals';
import { undecidable, type Decidable, type Decision, type DecisionRefusal } from './decision.rules';

/** The tables that one person fills and another decides on. */
export type DecidedTable =
  'quality_result' | 'index_decision' | 'instalment_contract' | 'instalment_acceptance';

/**
 * Writes the decision on a proposal, which its caller found and holds. Says whether it was approved; refuses whoever
 * proposed it, what was decided before, and a rejection that says nothing or holds somebody's number.
 */
export async function decideIn(
  tx: Tx,
  table: DecidedTable,
  proposal: Decidable | undefined,
  { id, rejection }: Decision,
): Promise<Result<{ approved: boolean }, DecisionRefusal | Refused<'TEXT_EMPTY' | 'TEXT_HOLDS_NUMBER'>>> {
  const wrong = undecidable(proposal, id, tx.context.actor);
  if (wrong) return wrong;
  const reason = rejection === undefined ? ok(null) : checkText('rejection', rejection);
  if (!reason.ok) return reason;
  await tx.execute(
    `UPDATE compensation.${table} SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
      WHERE book = $1 AND id = $2`,
    [tx.book, id, reason.value === null ? 'approved' : 'rejected', tx.context.actor, tx.now, reason.value],
  );
  tx.audit({ [table]: id, outcome: reason.value === null ? 'approved' : 'rejected' });
  return ok({ approved: reason.value === null });
}

/** Reads a proposal and keeps others from deciding it until the commit. */
export async function lockProposal(tx: Tx, table: DecidedTable, id: string): Promise<Decidable | undefined> {
  const [row] = await tx.query<Decidable>(
    `SELECT id, state, proposed_by AS "proposedBy" FROM compensation.${table}
      WHERE book = $1 AND id = $2 FOR NO KEY UPDATE`,
    [tx.book, id],
  );
  return row;
}
