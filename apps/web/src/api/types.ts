/** What the API answers, as it travels: amounts are decimal strings of counted integers, times are ISO strings. */
export type Fen = string;
export type Grams = string;
export type Mu100 = string;
export type Ppm = string;

export interface Book {
  readonly code: string;
  readonly name: string;
  readonly mode: 'live' | 'rehearsal';
  readonly region: string;
}

export interface Me {
  readonly userId: string;
  readonly kind: 'staff' | 'person' | 'channel';
  readonly displayName: string;
  readonly assignments: readonly {
    readonly book: string | null;
    readonly post: string;
    readonly region: string;
  }[];
}

export interface FiscalFigures {
  readonly allotted: Fen;
  readonly fund: Fen;
  readonly reserved: Fen;
  readonly payable: Fen;
  readonly inTransit: Fen;
  readonly returned: Fen;
  readonly stopped: Fen;
  readonly paid: Fen;
  readonly recovered: Fen;
}

export interface CreditFigures {
  readonly issued: Grams;
  readonly holding: Grams;
  readonly reserved: Grams;
  readonly card: Grams;
  readonly retired: Grams;
  readonly buffer: Grams;
  readonly cancelled: Grams;
  readonly external: Grams;
}

export interface MarketFigures {
  readonly proceeds: Fen;
  readonly unsplit: Fen;
  readonly afforestation: Fen;
  readonly suppliers: Fen;
  readonly nontax: Fen;
  readonly fee: Fen;
  readonly tax: Fen;
  readonly channel: Fen;
  readonly custody: Fen;
  readonly custodyLiabilities: Fen;
}

export interface Indicator {
  readonly id: string;
  readonly docNo: string;
  readonly year: number;
  readonly projectCode: string;
  readonly budgetUnit: string;
  readonly arrivedOn: string;
  readonly allottedFen: Fen;
  readonly availableFen: Fen;
  readonly reservedFen: Fen;
  readonly pendingFen: Fen;
  readonly inTransitFen: Fen;
  readonly returnedFen: Fen;
  readonly stoppedFen: Fen;
  readonly paidFen: Fen;
  readonly recoveredFen: Fen;
}

export type RosterState = 'draft' | 'notice' | 'review' | 'approved' | 'locking' | 'locked' | 'void';

export interface Roster {
  readonly id: string;
  readonly no: string;
  readonly programmeNameZh: string;
  readonly programmeNameEn: string;
  readonly region: string;
  readonly regionName: string;
  readonly year: number;
  readonly supplementaryOf: string | null;
  readonly state: RosterState;
  readonly nextPost: string | null;
  readonly lines: number;
  readonly parties: number;
  readonly areaMu100: Mu100;
  readonly totalFen: Fen;
  readonly dueFen: Fen | null;
  readonly pendingFen: Fen;
  readonly inTransitFen: Fen;
  readonly paidFen: Fen;
  readonly returnedFen: Fen;
  readonly stoppedFen: Fen;
  readonly objectionsOpen: number;
  readonly noticeUntil: string | null;
}

export interface Batch {
  readonly id: string;
  readonly no: string;
  readonly rail: 'fiscal' | 'market';
  readonly bank: string;
  readonly state: 'planned' | 'submitting' | 'submitted' | 'done';
  readonly reissue: boolean;
  readonly lines: number;
  readonly totalFen: Fen;
  readonly waiting: number;
  readonly paid: number;
  readonly failed: number;
  readonly unknown: number;
  readonly paidFen: Fen;
  readonly failedFen: Fen;
  readonly unknownFen: Fen;
  readonly createdAt: string;
  readonly findings: readonly { readonly code: string }[];
}

export interface ReturnedLine {
  readonly lineId: string;
  readonly partyId: string;
  readonly name: string;
  readonly village: string;
  readonly rail: 'fiscal' | 'market';
  readonly amountFen: Fen;
  readonly batchNo: string;
  readonly attempt: number;
  readonly reasonClass: string;
  readonly reason: string;
  readonly whatToDo: string;
  readonly failedAccountLast4: string;
  readonly corrected: boolean;
  readonly reissuable: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}
