import { Injectable } from '@nestjs/common';

import { ok, present, refuse, type Result } from '@app/kernel';
import { UnitOfWork, type WorkContext } from '@app/platform';
import { AccountStore } from '../reads/account.store';
import type { AccountView } from '../views';

export interface ChangeFloorCommand {
  readonly path: string;
  readonly asset: string;
  /** The least balance from now on, zero or below; null for none. */
  readonly floor: bigint | null;
}

export type ChangeFloorRefusal =
  | { readonly code: 'ACCOUNT_UNKNOWN'; readonly account: string; readonly asset: string }
  | { readonly code: 'ACCOUNT_CLOSED'; readonly account: string; readonly asset: string }
  /** The floors of domain accounts are their kind's. */
  | { readonly code: 'ACCOUNT_KIND_NOT_ALLOWED'; readonly account: string; readonly kind: string }
  /** The balance is below that floor by `missing`. */
  | {
      readonly code: 'BALANCE_INSUFFICIENT';
      readonly account: string;
      readonly asset: string;
      readonly missing: bigint;
    };

/** Gives an open account another floor, by an event that the book keeps. */
@Injectable()
export class ChangeFloor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountStore,
  ) {}

  /** `changed` is false when it had that floor. */
  async execute(
    context: WorkContext,
    { path, asset, floor }: ChangeFloorCommand,
  ): Promise<Result<{ account: AccountView; changed: boolean }, ChangeFloorRefusal>> {
    const text = floor === null ? null : floor.toString();
    const done = await this.unitOfWork.run<boolean, ChangeFloorRefusal>(context, async (tx) => {
      const rows = await tx.query<{ code: string; missing: string | null }>(
        'SELECT code, missing FROM ledger.change_floor($1, $2, $3, $4::bigint, $5)',
        [tx.book, path, asset, text, context.actor],
      );
      const { code, missing } = present(rows[0], 'changing a floor answers');
      tx.audit({ account: path, asset, floor: text });
      switch (code) {
        case 'ACCOUNT_UNKNOWN':
        case 'ACCOUNT_CLOSED':
          return refuse({ code, account: path, asset });
        case 'ACCOUNT_KIND_NOT_ALLOWED':
          return refuse({ code, account: path, kind: 'change-floor' });
        case 'BALANCE_INSUFFICIENT':
          return refuse({ code, account: path, asset, missing: BigInt(missing ?? 0) });
        default:
          return ok(code === 'CHANGED');
      }
    });
    if (!done.ok) return done;
    const all = await this.accounts.ofPath(context.book, path);
    const account = all.find((one) => one.asset === asset);
    return ok({ account: present(account, 'a changed account is there'), changed: done.value });
  }
}
