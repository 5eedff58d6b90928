import type { Fen, Grams, Mu100, Ppm } from './types';

export interface MyLand {
  readonly day: string;
  readonly parties: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly regionName: string | null;
    readonly account: {
      readonly bank: string;
      readonly last4: string;
      readonly payee: PayeeOf | null;
    } | null;
  }[];
  readonly items: readonly HeldLand[];
}

/** Who is paid in one's place. */
export interface PayeeOf {
  readonly name: string;
  readonly reasonZh: string;
  readonly reasonEn: string;
}

export interface HeldLand {
  readonly party: string;
  readonly villageName: string | null;
  readonly right: { readonly kind: string; readonly sharePpm: Ppm; readonly documentNo: string };
  readonly parcel: {
    readonly id: string;
    readonly code: string;
    readonly forestClass: string;
    readonly ageGroup: string;
    readonly publicWelfareLevel: string;
    readonly tenure: string;
    readonly areaMu100: Mu100;
    readonly rightRegistered: boolean;
    readonly certificateNo: string | null;
    readonly scopeDecision: string | null;
    readonly isPayable: boolean;
  };
}

export interface MyPayment {
  readonly rosterId: string;
  readonly rosterNo: string;
  readonly lineNo: number;
  readonly partyName: string;
  readonly programmeNameZh: string;
  readonly programmeNameEn: string;
  readonly year: number;
  readonly villageName: string;
  /** Where it is; null of what no parcel pays. */
  readonly parcelCode: string | null;
  /** Of what land pays; null of anything else that is owed. */
  readonly areaMu100: Mu100 | null;
  readonly fenPerMu: Fen | null;
  readonly deductionFenPerMu: Fen;
  readonly qualityPpm: Ppm;
  readonly amountFen: Fen;
  readonly explanationZh: string;
  readonly explanationEn: string;
  readonly state: string;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly noticeUntil: string | null;
  readonly paidAt: string | null;
  readonly accountLast4: string | null;
  readonly payee: PayeeOf | null;
  readonly returnReason: string | null;
  readonly whatToDo: string | null;
  readonly ask: { readonly postNameZh: string; readonly postNameEn: string; readonly regionName: string };
}

export type LossKind = 'fire' | 'pest' | 'felling' | 'conversion' | 'overestimate';

export interface PartyCredits {
  readonly party: string;
  readonly name: string;
  readonly measuredGrams: Grams;
  readonly issuedGrams: Grams;
  readonly holdingGrams: Grams;
  readonly bufferGrams: Grams;
  readonly buffers: readonly {
    readonly issuance: string;
    readonly grams: Grams;
    /** Null while the county has decided no year. */
    readonly mayReturnFrom: string | null;
  }[];
  readonly reservedGrams: Grams;
  readonly soldGrams: Grams;
  readonly retiredGrams: Grams;
  readonly cancelledGrams: Grams;
  readonly externalGrams: Grams;
  readonly losses: readonly {
    readonly reversal: string;
    readonly kind: LossKind;
    readonly day: string;
    readonly parcelCode: string;
    readonly year: number;
    readonly lostGrams: Grams;
    readonly owedGrams: Grams;
  }[];
  readonly standInGrams: Grams;
  readonly parcels: readonly {
    readonly parcelCode: string;
    readonly from: string;
    readonly to: string;
    readonly parcelGrams: Grams;
    readonly grams: Grams;
    readonly right: { readonly sharePpm: Ppm };
    readonly state: 'measured' | 'rechecked' | 'issued';
    readonly issuance: { readonly code: string; readonly grade: string } | null;
    readonly explanation: Readonly<Record<string, string>>;
  }[];
}

export interface Consent {
  readonly id: string;
  readonly party: string;
  readonly sharePpm: Ppm;
  readonly from: string;
  readonly to: string | null;
  readonly channel: 'paper' | 'online';
  readonly signedAt: string;
  readonly revokedAt: string | null;
}
