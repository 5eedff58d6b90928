import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { PROGRAMME_KEEPERS } from '../compensation.words';
import { checkProgramme, type ProgrammeDraft } from './programme.rules';
import { ProgrammeStore } from './programme.store';

type Refusals = PostRequired | Refused<'PROGRAMME_FIELD_WRONG' | 'PROGRAMME_EXISTS'>;

/** Sets up a programme: whose right is paid, how long the notice is, which posts it passes. */
@Injectable()
export class CreateProgramme {
  constructor(private readonly programmes: ProgrammeStore) {}

  /** Refuses PROGRAMME_FIELD_WRONG with the field and what is expected, PROGRAMME_EXISTS with the code. */
  async execute(
    tx: Tx,
    principal: Principal,
    draft: ProgrammeDraft,
  ): Promise<Result<{ id: string }, Refusals>> {
    const allowed = Policies.require(principal, tx.book, PROGRAMME_KEEPERS);
    if (!allowed.ok) return allowed;
    const wrong = checkProgramme(draft);
    if (wrong) return refuse(wrong);
    const [unknown] = await this.programmes.unknownPosts(tx, draft.posts);
    if (unknown !== undefined) {
      return refuse({
        code: 'PROGRAMME_FIELD_WRONG',
        field: 'posts',
        expected: `posts of this house, not ${unknown}`,
      });
    }
    const id = newId();
    if (!(await this.programmes.insert(tx, id, draft))) {
      return refuse({ code: 'PROGRAMME_EXISTS', programmeCode: draft.code });
    }
    tx.audit({
      programme: id,
      code: draft.code,
      ruleKind: draft.ruleKind ?? 'area',
      posts: draft.posts,
      noticeDays: draft.noticeDays,
    });
    return ok({ id });
  }
}
