import type { Grams, Mu100 } from './types';

/** A text in both languages, as the server writes it. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

/** What every order of the registry and every reversal has. */
interface Proposed {
  readonly id: string;
  readonly evidence: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
}

export interface RightOrder extends Proposed {
  readonly kind: string;
  readonly reason: string;
  readonly from: string;
  readonly summary: Said;
}

export interface ParcelOrder extends Proposed {
  readonly reason: string;
  readonly from: string;
  readonly summary: Said;
  readonly evidenceSha256: string | null;
}

export interface LandOrder extends Proposed {
  readonly kind: string;
  readonly from: string;
  readonly summary: Said;
  readonly surveyNo: string | null;
  readonly evidenceSha256: string | null;
}

export interface PartyOrder extends Proposed {
  readonly event: string;
  readonly day: string;
  readonly documentNo: string;
  readonly summary: Said;
  readonly moves: readonly { readonly summary: Said }[];
}

export interface PayeeOrder extends Proposed {
  readonly reason: string | null;
  readonly from: string;
  readonly documentNo: string;
  readonly summary: Said;
}

export interface Reversal extends Proposed {
  readonly kind: string;
  readonly day: string;
  readonly year: number | null;
  readonly parcels: number;
}

/** What a reversal takes, by what becomes of it. */
export interface ReversalEffect {
  readonly lostGrams: Grams;
  readonly holdingGrams: Grams;
  readonly bufferGrams: Grams;
  readonly voidGrams: Grams;
  readonly owedGrams: Grams;
  readonly replacedGrams: Grams;
  readonly openGrams: Grams;
  readonly parties: number;
}

export type ImportKind = 'parties' | 'parcels' | 'rights' | 'consents';

export interface ImportSummary {
  readonly lines: readonly Said[];
  readonly groups: readonly {
    readonly region: string;
    readonly regionName: string | null;
    readonly word: string;
    readonly rows: number;
    readonly areaMu100?: Mu100;
  }[];
  readonly groupsTotal: number;
}

export interface Imported {
  readonly rows: number;
  readonly sha256: string;
  readonly dryRun: boolean;
  readonly summary: ImportSummary;
}

/** One thing to mend before a file loads. */
export interface ImportFault {
  readonly row: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly code: string;
  readonly expected: Said;
}

export interface ImportRecord {
  readonly id: string;
  readonly kind: ImportKind;
  readonly rows: number;
  readonly importedAt: string;
}
