import { Injectable } from '@nestjs/common';

import { ok, present, refuse, type Result } from '@app/kernel';
import { UnitOfWork, type WorkContext } from '@app/platform';
import { AccountStore } from '../reads/account.store';
import type { AccountView } from '../views';

export interface OpenAccountCommand {
  readonly path: string;
  readonly asset: string;
  readonly side: 1 | -1;
  /** The least balance, zero or below; null for none. */
  readonly floor: bigint | null;
}

export type OpenAccountRefusal =
  | { readonly code: 'ASSET_UNKNOWN'; readonly asset: string }
  /** The first segment belongs to a domain kind, whose accounts open themselves. */
  | { readonly code: 'ACCOUNT_PATH_RESERVED'; readonly account: string }
  /** It was opened before with another side or floor, or is closed. */
  | { readonly code: 'ACCOUNT_EXISTS'; readonly account: string; readonly asset: string };

/** Opens an account for open kinds. */
@Injectable()
export class OpenAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountStore,
  ) {}

  /** `opened` is false when the account was there in the same terms. */
  async execute(
    context: WorkContext,
    command: OpenAccountCommand,
  ): Promise<Result<{ account: AccountView; opened: boolean }, OpenAccountRefusal>> {
    const { path, asset, side, floor } = command;
    const done = await this.unitOfWork.run<boolean, OpenAccountRefusal>(context, async (tx) => {
      const rows = await tx.query<{ code: string }>(
        'SELECT ledger.open_account($1, $2, $3, $4, $5::bigint, $6) AS code',
        [tx.book, path, asset, side, floor === null ? null : floor.toString(), context.actor],
      );
      const code = present(rows[0], 'opening an account answers').code;
      if (code === 'ASSET_UNKNOWN') return refuse({ code, asset });
      if (code === 'ACCOUNT_PATH_RESERVED') return refuse({ code, account: path });
      if (code === 'ACCOUNT_EXISTS') return refuse({ code, account: path, asset });
      tx.audit({ account: path, asset, side, floor: floor === null ? null : floor.toString() });
      return ok(code === 'OPENED');
    });
    if (!done.ok) return done;
    const all = await this.accounts.ofPath(context.book, path);
    const account = present(
      all.find((one) => one.asset === asset),
      'an opened account is there',
    );
    return ok({ account, opened: done.value });
  }
}
