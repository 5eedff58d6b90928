import { Injectable } from '@nestjs/common';

import { ok, present, refuse, type Result } from '@app/kernel';
import { UnitOfWork, type WorkContext } from '@app/platform';

export type CloseAccountRefusal =
  | { readonly code: 'ACCOUNT_UNKNOWN'; readonly account: string; readonly asset: string }
  /** Domain accounts are their owner's. */
  | { readonly code: 'ACCOUNT_KIND_NOT_ALLOWED'; readonly account: string; readonly kind: string }
  | { readonly code: 'BALANCE_NOT_ZERO'; readonly account: string; readonly balance: bigint }
  /** Value set aside from the account may still come back to it. */
  | { readonly code: 'HOLD_OPEN'; readonly account: string; readonly asset: string };

/** Closes an empty open account for good: its past stays, nothing more is posted to it. */
@Injectable()
export class CloseAccount {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `closed` is false when it was closed before. */
  execute(
    context: WorkContext,
    { path, asset }: { readonly path: string; readonly asset: string },
  ): Promise<Result<{ closed: boolean }, CloseAccountRefusal>> {
    return this.unitOfWork.run<{ closed: boolean }, CloseAccountRefusal>(context, async (tx) => {
      const rows = await tx.query<{ code: string; balance: string | null }>(
        'SELECT code, balance FROM ledger.close_account($1, $2, $3, $4)',
        [tx.book, path, asset, context.actor],
      );
      const { code, balance } = present(rows[0], 'closing an account answers');
      tx.audit({ account: path, asset });
      switch (code) {
        case 'ACCOUNT_UNKNOWN':
        case 'HOLD_OPEN':
          return refuse({ code, account: path, asset });
        case 'ACCOUNT_KIND_NOT_ALLOWED':
          return refuse({ code, account: path, kind: 'close' });
        case 'BALANCE_NOT_ZERO':
          return refuse({ code, account: path, balance: BigInt(balance ?? 0) });
        default:
          return ok({ closed: code === 'CLOSED' });
      }
    });
  }
}
