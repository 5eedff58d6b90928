import type { Fen, Grams, Mu100 } from './types';

export interface VerifiedCertificate {
  readonly number: string;
  readonly printed: string;
  readonly product: string;
  readonly nameNote: string;
  readonly grams: Grams;
  readonly serials: readonly string[];
  readonly issuedAt: string;
  readonly statement: { readonly record: string; readonly mustSay: readonly string[] };
  readonly hash: string;
  readonly intact: boolean;
  /** How far it is known that nothing is counted twice, as of now. */
  readonly uniqueness: { readonly zh: string; readonly en: string };
}

export interface NoticeHead {
  readonly rosterId: string;
  readonly no: string;
  readonly regionName: string;
  readonly year: number;
  readonly noticeFrom?: string;
  readonly noticeUntil: string;
}

export interface Notice extends NoticeHead {
  readonly programmeNameZh: string;
  readonly programmeNameEn: string;
  readonly noticeFrom: string;
  readonly noticeHash: string;
  readonly lines: number;
  readonly parties: number;
  readonly areaMu100: Mu100;
  readonly totalFen: Fen;
  readonly expired: boolean;
  readonly standards: readonly {
    readonly level: string;
    readonly tenure: string;
    readonly payableFenPerMu: Fen;
    readonly documentNo: string;
  }[];
  readonly items: readonly {
    readonly no: number;
    readonly villageName: string;
    readonly name: string;
    readonly parcelCode: string | null;
    readonly areaMu100: Mu100 | null;
    readonly amountFen: Fen;
    readonly explanationZh: string;
    readonly explanationEn: string;
    readonly objected: boolean;
  }[];
  readonly next: string | null;
}

export interface Issuance {
  readonly code: string;
  readonly grade: string;
  readonly grams: Grams;
}
