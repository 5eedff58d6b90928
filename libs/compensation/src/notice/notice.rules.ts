import { addDays, addWorkingDays, canonicalHash, startOf, type Day, type WorkCalendar } from '@app/kernel';
import type { EntitlementKind } from '../entitlements/entitlement.words';
import type { Figures } from '../entitlements/sentence.rules';
import { isPlain } from '../rosters/amount.rules';

export type NoticeDayKind = 'working' | 'calendar';

/** A line as the notice fixes it: ids and figures. Names are shown beside it and are no part of the hash. */
export type NoticeLine = LandNoticeLine | EntitledNoticeLine;

/** What is owed otherwise than by land, with the figures that it follows from. */
export interface EntitledNoticeLine {
  readonly no: number;
  readonly village: string;
  readonly party: string;
  readonly entitlement: string;
  readonly kind: EntitlementKind;
  readonly figures: Figures;
  readonly amountFen: bigint;
}

export interface LandNoticeLine {
  readonly no: number;
  readonly village: string;
  readonly parcel: string;
  readonly party: string;
  readonly right: string;
  readonly standard: string;
  readonly areaMu100: bigint;
  readonly fenPerMu: bigint;
  readonly deductionFenPerMu: bigint;
  readonly qualityPpm: bigint;
  readonly qualityResult: string | null;
  readonly sharePpm: bigint;
  readonly parcelFen: bigint;
  readonly amountFen: bigint;
}

export interface NoticeContent {
  readonly book: number;
  readonly roster: string;
  readonly no: string;
  readonly programme: string;
  readonly region: string;
  readonly year: number;
  readonly asOf: Day;
  readonly from: Day;
  readonly until: Day;
  readonly lines: readonly NoticeLine[];
}

/** The last day of a notice that goes up on `from`: that day itself does not count. */
export function noticeUntil(from: Day, days: number, kind: NoticeDayKind, calendar: WorkCalendar): Day {
  return kind === 'working' ? addWorkingDays(from, days, calendar) : addDays(from, days);
}

/** Whether the notice's last day has passed, by the book's clock. */
export const isNoticeOver = (until: Day, now: Date): boolean => now >= startOf(addDays(until, 1));

/**
 * What the notice commits to: anyone with the lines finds the same 64 digits. A roster whose every line is area,
 * standard and share alone is written as `tanhui.notice.1` always was; any other in the form that says of each line what
 * it is and names each factor.
 */
export function noticeHash({ lines, ...head }: NoticeContent): string {
  const isOld = lines.every((line) => isLand(line) && isPlain(line) && line.qualityResult === null);
  return canonicalHash({
    format: isOld ? 'tanhui.notice.1' : 'tanhui.notice.2',
    ...head,
    book: String(head.book),
    year: String(head.year),
    lines: lines.map((line) => {
      if (!isLand(line)) return entitledLine(line);
      return isOld ? plainLine(line) : landLine(line);
    }),
  });
}

const isLand = (line: NoticeLine): line is LandNoticeLine => 'parcel' in line;

const plainLine = (line: LandNoticeLine) => [
  String(line.no),
  line.village,
  line.parcel,
  line.party,
  line.right,
  line.standard,
  line.areaMu100,
  line.fenPerMu,
  line.sharePpm,
  line.parcelFen,
  line.amountFen,
];

const landLine = (line: LandNoticeLine) => [
  'land',
  ...plainLine(line),
  line.deductionFenPerMu,
  line.qualityPpm,
  line.qualityResult ?? '',
];

const entitledLine = (line: EntitledNoticeLine) => [
  'entitlement',
  String(line.no),
  line.village,
  line.entitlement,
  line.party,
  line.kind,
  line.figures,
  line.amountFen,
];
