import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { PROGRAMME_KEEPERS } from '../compensation.words';
import { ProgrammeStore } from '../programmes/programme.store';

export interface ExclusionOrder {
  readonly programme: string;
  readonly other: string;
  readonly documentNo: string;
}

type Refusals = PostRequired | Refused<'PROGRAMME_UNKNOWN' | 'EXCLUSION_WRONG'>;

/** Says by a document that two programmes never pay for the same ground in one year. Saying it again changes nothing. */
@Injectable()
export class ExcludeProgrammes {
  constructor(private readonly programmes: ProgrammeStore) {}

  async execute(tx: Tx, principal: Principal, order: ExclusionOrder): Promise<Result<object, Refusals>> {
    const allowed = Policies.require(principal, tx.book, PROGRAMME_KEEPERS);
    if (!allowed.ok) return allowed;
    const { programme, other } = order;
    const documentNo = order.documentNo.trim();
    if (programme === other)
      return refuse({ code: 'EXCLUSION_WRONG', field: 'other', expected: 'another programme' });
    if (documentNo === '' || documentNo.length > 200) {
      return refuse({ code: 'EXCLUSION_WRONG', field: 'documentNo', expected: '1 to 200 characters' });
    }
    for (const id of [programme, other]) {
      if (!(await this.programmes.find(tx, id))) return refuse({ code: 'PROGRAMME_UNKNOWN', programme: id });
    }
    await tx.execute(
      `INSERT INTO compensation.programme_exclusion (book, programme, other, document_no, recorded_by, recorded_at)
       VALUES ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4, $5, $6) ON CONFLICT DO NOTHING`,
      [tx.book, programme, other, documentNo, tx.context.actor, tx.now],
    );
    tx.audit({ programme, excludes: other, documentNo });
    return ok({});
  }
}
