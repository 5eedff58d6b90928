import { present } from '@app/kernel';
import type { EntitlementKind } from '../entitlements/entitlement.words';
import { explainEntitlement } from '../entitlements/explain-entitlement';
import type { Figures } from '../entitlements/sentence.rules';
import { explain, type Language } from './amount.rules';

/** What a line pays and why, as people read it: of land, or of what is owed otherwise. */
export interface LineFiguresView {
  readonly kind: 'area' | EntitlementKind;
  /** What is owed, where it is not land that pays. */
  readonly entitlementId: string | null;
  readonly parcelCode: string | null;
  /** Of a line of land; null of any other. */
  readonly areaMu100: bigint | null;
  readonly fenPerMu: bigint | null;
  readonly sharePpm: bigint | null;
  /** What is taken off for rangers (管护费扣除), and the quality grade's multiplier in millionths. */
  readonly deductionFenPerMu: bigint;
  readonly qualityPpm: bigint;
  readonly amountFen: bigint;
  readonly explanationZh: string;
  readonly explanationEn: string;
}

export interface LineFiguresRow {
  readonly entitlement: string | null;
  readonly entitlement_kind: EntitlementKind | null;
  readonly figures: Figures | null;
  readonly parcel_code: string | null;
  readonly area_mu100: string | null;
  readonly fen_per_mu: string | null;
  readonly share_ppm: string | null;
  readonly deduction_fen_per_mu: string;
  readonly quality_ppm: string;
  readonly amount_fen: string;
}

/** The columns of `LineFiguresRow`, of a `roster_line` l with the joins below. */
export const LINE_FIGURES = `l.entitlement, e.kind AS entitlement_kind, e.figures, p.code AS parcel_code, l.area_mu100,
              l.fen_per_mu, l.deduction_fen_per_mu, l.quality_ppm, l.share_ppm, l.amount_fen`;

export const LINE_FIGURES_JOINS = `
         LEFT JOIN compensation.entitlement e ON e.book = l.book AND e.id = l.entitlement
         LEFT JOIN registry.parcel p ON p.book = l.book AND p.id = coalesce(l.parcel, e.parcel)`;

const count = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

/** The explanation is told anew from the stored figures, in both languages. */
export function figuresOf(row: LineFiguresRow): LineFiguresView {
  const shown = {
    kind: row.entitlement_kind ?? ('area' as const),
    entitlementId: row.entitlement,
    parcelCode: row.parcel_code,
    areaMu100: count(row.area_mu100),
    fenPerMu: count(row.fen_per_mu),
    sharePpm: count(row.share_ppm),
    deductionFenPerMu: BigInt(row.deduction_fen_per_mu),
    qualityPpm: BigInt(row.quality_ppm),
    amountFen: BigInt(row.amount_fen),
  };
  const tell = (language: Language): string => {
    if (row.entitlement_kind === null) return explainLand(shown, language);
    const figures = present(row.figures, 'an entitlement has figures');
    return explainEntitlement({ kind: row.entitlement_kind, figures, amountFen: shown.amountFen }, language);
  };
  return { ...shown, explanationZh: tell('zh'), explanationEn: tell('en') };
}

function explainLand(
  shown: Omit<LineFiguresView, 'explanationZh' | 'explanationEn'>,
  language: Language,
): string {
  const line = {
    ...shown,
    areaMu100: present(shown.areaMu100, 'a line of land has an area'),
    fenPerMu: present(shown.fenPerMu, 'a line of land has a standard'),
    sharePpm: present(shown.sharePpm, 'a line of land has a share'),
  };
  return explain(line, language);
}
