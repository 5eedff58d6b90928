import { present } from '@app/kernel';
import type { Executor } from './executor';
import { Tx, type AuditFacts, type WorkContext } from './tx';

/** Sets actor, book and scope for the transaction and reads the book's clock, in one round trip. */
const ENTER = `
  SELECT set_config('tanhui.actor', $1, true), set_config('tanhui.book', $2, true),
         set_config('tanhui.scope', $3, true), platform.book_now($4::int) AS now`;

const AUDIT = `
  SELECT platform.record_audit($1, coalesce($2::timestamptz, platform.book_now($1::int)), $3, $4, $5, $6, $7)`;

/** The first statement of every transaction. */
export async function enter(executor: Executor, context: WorkContext): Promise<Tx> {
  const { book, actor, scope } = context;
  const { rows } = await executor.run(ENTER, [actor, String(book), (scope ?? []).join(','), book], 'enter');
  const [first] = rows as readonly { readonly now: Date }[];
  return new Tx(executor, context, present(first, 'the book clock answers').now);
}

/** Its last: one row about the whole unit of work. */
export const writeAudit = (executor: Executor, tx: Tx): Promise<unknown> =>
  auditAhead(executor, tx.context, tx.auditFacts, tx.now);

/** The same, where the facts are known before the work is done. Without a time, the book's clock says it. */
export function auditAhead(
  executor: Executor,
  { book, actor, scope, action, subject }: WorkContext,
  facts: AuditFacts,
  at?: Date,
): Promise<unknown> {
  const params = [book, at ?? null, actor, scope ?? [], action, subject ?? null, JSON.stringify(facts)];
  return executor.run(AUDIT, params, 'audit');
}
