import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { SerialRefusal } from '../credits.refusals';
import type { MethodKind } from '../methodology/stock-change.rules';
import { SerialMarks, type SerialMark } from '../reversal/serial-marks';
import { formatSerials, parseSerials, SERIAL_EXAMPLE, type SerialRange } from '../serials/serial.rules';
import { HistoryStore, type OriginRow } from './history.store';
import { Issuances, type PublicIssuance } from './issuances';
import type { SerialState } from './serial-origins';

/** The land a run of serials grew on, what was measured there, and by which right it was whose. */
export interface SerialOrigin {
  readonly serial: string;
  readonly parcelCode: string;
  readonly village: string;
  /** The bureau's number of the party. */
  readonly holderNo: string;
  readonly forestClass: string;
  readonly year: number;
  readonly areaMu100: bigint;
  readonly gramsPerMu: bigint;
  /** What the whole parcel took up in the year. */
  readonly parcelGrams: bigint;
  readonly coefficientSet: string;
  /** By which of the two methods it was measured. */
  readonly methodKind: MethodKind;
  readonly right: { readonly kind: string; readonly sharePpm: bigint; readonly documentNo: string };
}

/** One move of a run, by the entry of this kind and reference. A run that gets shorter was split. */
export interface SerialStep {
  readonly serial: string;
  /** `credits.issue` first; `credits.begin`: it lay there when this history began to be kept. */
  readonly kind: string;
  readonly reference: string;
  readonly from: SerialState | null;
  readonly to: SerialState;
  /** Paths of the ledger's accounts. */
  readonly fromPlace: string | null;
  readonly toPlace: string;
  /** By the book's clock. */
  readonly at: Date;
  readonly by: string;
}

export interface SerialHistoryPage {
  readonly serial: string;
  readonly issuance: PublicIssuance;
  readonly origins: readonly SerialOrigin[];
  /** Which of them a reversal took, and what stands in for them; at most 50. */
  readonly reversals: readonly SerialMark[];
  /** Oldest first; the issuance itself on the first page only. */
  readonly items: readonly SerialStep[];
  readonly next: string | null;
}

const ORIGINS_MAX = 50;
export const HISTORY_PAGE = 100;

/** The whole way of serials, from the parcels they grew on to where they are. */
@Injectable()
export class SerialHistory {
  constructor(
    private readonly store: HistoryStore,
    private readonly issuances: Issuances,
    private readonly marks: SerialMarks,
  ) {}

  /** Refuses SERIAL_MALFORMED, SERIAL_UNKNOWN. */
  async of(
    book: number,
    text: string,
    { cursor, count = HISTORY_PAGE }: { readonly cursor?: string; readonly count?: number } = {},
  ): Promise<Result<SerialHistoryPage, SerialRefusal>> {
    const range = parseSerials(text.slice(0, 100));
    if (!range) return refuse({ code: 'SERIAL_MALFORMED', expected: SERIAL_EXAMPLE });
    const serial = formatSerials(range);
    const [issuance] = await this.issuances.list(book, [range.code]);
    if (!issuance || range.last > issuance.grams) return refuse({ code: 'SERIAL_UNKNOWN', serial });
    const [origins, births, moves, reversals] = await Promise.all([
      this.store.origins(book, range, ORIGINS_MAX),
      cursor === undefined ? this.store.births(book, range, ORIGINS_MAX) : [],
      this.store.moves(book, range, cursor ?? '0', count + 1),
      this.marks.of(book, [range]),
    ]);
    const shown = moves.slice(0, count);
    return ok({
      serial,
      issuance,
      reversals: reversals.slice(0, ORIGINS_MAX),
      origins: origins.map((row) => originOf(range.code, row)),
      items: [
        ...births.map((row) => ({
          ...stepOf(range, { ...row, from: null }),
          ...{ kind: 'credits.issue', reference: `issuance/${range.code}` },
          ...{ at: issuance.issuedAt, by: 'issuance' },
        })),
        ...shown.map((row) => ({
          ...stepOf(range, row),
          ...{ kind: row.kind, reference: row.reference, at: row.at, by: row.by },
        })),
      ],
      next: moves.length > count ? (shown.at(-1)?.id ?? null) : null,
    });
  }
}

const stateOf = (place: string): SerialState => place.slice(0, place.indexOf('/')) as SerialState;

function stepOf(
  { code }: SerialRange,
  row: { readonly first: string; readonly last: string; readonly from: string | null; readonly to: string },
): Pick<SerialStep, 'serial' | 'from' | 'to' | 'fromPlace' | 'toPlace'> {
  return {
    serial: formatSerials({ code, first: BigInt(row.first), last: BigInt(row.last) }),
    from: row.from === null ? null : stateOf(row.from),
    to: stateOf(row.to),
    fromPlace: row.from,
    toPlace: row.to,
  };
}

const originOf = (code: string, row: OriginRow): SerialOrigin => ({
  serial: formatSerials({ code, first: BigInt(row.first), last: BigInt(row.last) }),
  ...{ parcelCode: row.parcelCode, village: row.village, holderNo: row.holderNo },
  ...{ forestClass: row.forestClass, year: row.year, coefficientSet: row.coefficientSet },
  methodKind: row.methodKind,
  areaMu100: BigInt(row.areaMu100),
  gramsPerMu: BigInt(row.gramsPerMu),
  parcelGrams: BigInt(row.parcelGrams),
  right: { kind: row.rightKind, sharePpm: BigInt(row.sharePpm), documentNo: row.documentNo },
});
