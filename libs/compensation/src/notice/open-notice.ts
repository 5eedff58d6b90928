import { Injectable } from '@nestjs/common';

import { dayOf, ok, present, refuse, type Day, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { CalendarStore, checkYears } from './calendar.store';
import type { Refused } from '../compensation.refusals';
import { MAKERS } from '../compensation.words';
import { NoticeLineStore } from './notice-line.store';
import { noticeHash, noticeUntil } from './notice.rules';
import { ProgrammeStore } from '../programmes/programme.store';
import { RosterStore } from '../rosters/roster.store';

export interface OpenedNotice {
  readonly from: Day;
  /** The last day on which objections are taken. */
  readonly until: Day;
  /** SHA-256 of what the notice fixes. */
  readonly hash: string;
}

type Refusals = PostRequired | Refused<'ROSTER_UNKNOWN' | 'ROSTER_STATE_WRONG' | 'CALENDAR_MISSING'>;

/** Publishes a roster (公示): from here on its lines are what they are, and the hash says so. */
@Injectable()
export class OpenNotice {
  constructor(
    private readonly rosters: RosterStore,
    private readonly lines: NoticeLineStore,
    private readonly programmes: ProgrammeStore,
    private readonly calendar: CalendarStore,
  ) {}

  /** Counts days by the programme's rule. Refuses CALENDAR_MISSING for a year whose holidays nobody recorded. */
  async execute(tx: Tx, principal: Principal, id: string): Promise<Result<OpenedNotice, Refusals>> {
    const roster = await this.rosters.lock(tx, id);
    if (!roster) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    const allowed = Policies.require(principal, tx.book, MAKERS, roster.region);
    if (!allowed.ok) return allowed;
    if (roster.state !== 'draft') {
      return refuse({ code: 'ROSTER_STATE_WRONG', roster: id, state: roster.state, needed: ['draft'] });
    }
    const programme = present(await this.programmes.find(tx, roster.programme), 'a roster has a programme');
    const from = dayOf(tx.now);
    const { years, ...calendar } = await this.calendar.around(tx, from);
    const until = noticeUntil(from, programme.noticeDays, programme.noticeDayKind, calendar);
    if (programme.noticeDayKind === 'working') {
      const known = checkYears(years, from, until);
      if (!known.ok) return known;
    }
    const { no, region, year, asOf } = roster;
    const hash = noticeHash({
      book: tx.book,
      roster: id,
      no,
      programme: roster.programme,
      region,
      year,
      asOf,
      from,
      until,
      lines: await this.lines.list(tx, id),
    });
    await this.rosters.publish(tx, id, { from, until, hash });
    tx.audit({ roster: no, noticeFrom: from, noticeUntil: until, noticeHash: hash });
    return ok({ from, until, hash });
  }
}
