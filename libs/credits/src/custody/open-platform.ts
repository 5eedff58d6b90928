import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { textFaults } from '../fault.rules';
import type { OpenPlatformRefusal } from './custody.refusals';
import { TransferStore } from './transfer.store';

/** Names a platform outside to which grams may be moved, by the document that allows it. */
@Injectable()
export class OpenPlatform {
  constructor(private readonly transfers: TransferStore) {}

  /** Refuses CUSTODY_REFUSED, PLATFORM_EXISTS. */
  async execute(
    tx: Tx,
    platform: { code: string; name: string; documentNo: string },
  ): Promise<Result<{ code: string }, OpenPlatformRefusal>> {
    const errors = [...textFaults('documentNo', platform.documentNo), ...textFaults('name', platform.name)];
    if (errors.length > 0) return refuse({ code: 'CUSTODY_REFUSED', errors });
    if (!(await this.transfers.openPlatform(tx, platform))) {
      return refuse({ code: 'PLATFORM_EXISTS', platform: platform.code });
    }
    tx.audit({ platform: platform.code });
    return ok({ code: platform.code });
  }
}
