/** In both languages; the server words every report, no page words it anew. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Amounts are decimal strings of counted integers, a dash stands where nothing is stated. */
export type Cell = string | Words | null;

export interface ReportColumn {
  readonly head: Words;
  readonly unit: string;
  /** Decimal places between the counted integer and the unit people read. */
  readonly scale: number;
}

export interface ReportTable {
  readonly name: string;
  readonly title: Words;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total: readonly Cell[] | null;
}

export interface Report {
  readonly kind: string;
  readonly title: Words;
  readonly book: string;
  readonly region: string;
  readonly regionName: string;
  readonly from: string | null;
  readonly day: string;
  readonly tables: readonly ReportTable[];
  readonly notes: readonly Words[];
  readonly generatedAt: string;
  readonly sha256: string;
}

export interface GreenVoucher {
  readonly number: string;
  readonly parcelCode: string;
  readonly village: string;
  readonly villageName: string | null;
  readonly year: number;
  readonly forestClass: string;
  readonly method: string;
  readonly coefficientSet: string;
  readonly source: string;
  readonly issuedAt: string;
  readonly hash: string;
  readonly intact: boolean;
  readonly says: readonly string[];
  readonly note: string | null;
}
