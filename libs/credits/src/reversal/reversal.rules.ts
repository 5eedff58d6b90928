import { formatUnits, MU, parseUnits } from '@app/kernel';
import type { ParcelLoss } from './loss.rules';

/** A parcel's loss as somebody writes it: a part or an area. */
export interface WantedLoss {
  readonly parcelCode: string;
  /** "37.5": above 0 up to 100, of what is left of the parcel's credits. */
  readonly lostPercent?: string;
  /** "2.30": of the area that was measured. */
  readonly lostMu?: string;
}

/** A parcel that may be named: in the book and in the proposer's regions. */
export interface KnownParcel {
  readonly id: string;
  readonly code: string;
  readonly areaMu100: bigint;
}

export interface ParcelFault {
  /** Counted from 1. */
  readonly row: number;
  readonly field: keyof WantedLoss;
  readonly value: string;
  readonly code:
    | 'PARCEL_UNKNOWN'
    | 'PARCEL_REPEATED'
    | 'LOSS_ONE_OF_TWO'
    | 'LOSS_MALFORMED'
    | 'LOSS_NOT_POSITIVE'
    | 'LOSS_OVER_WHOLE';
  readonly expected: string;
}

const PERCENT = { name: '%', scale: 4 };
const WHOLE_PPM = 1_000_000n;

/** All that is wrong with the parcels, in one pass. */
export function faultsOf(
  wanted: readonly WantedLoss[],
  parcelOf: (code: string) => KnownParcel | undefined,
): ParcelFault[] {
  const faults: ParcelFault[] = [];
  const rows = new Map<string, number>();
  for (const [index, loss] of wanted.entries()) {
    const row = index + 1;
    const parcel = parcelOf(loss.parcelCode);
    const before = rows.get(loss.parcelCode);
    const at = { row, field: 'parcelCode' as const, value: loss.parcelCode.slice(0, 64) };
    if (before !== undefined) {
      faults.push({ ...at, code: 'PARCEL_REPEATED', expected: `one row a parcel; row ${before} names it` });
    } else {
      rows.set(loss.parcelCode, row);
      if (!parcel)
        faults.push({ ...at, code: 'PARCEL_UNKNOWN', expected: 'the code of a parcel of your regions' });
    }
    const fault = lossFault(row, loss, parcel);
    if (fault) faults.push(fault);
  }
  return faults;
}

function lossFault(row: number, loss: WantedLoss, parcel: KnownParcel | undefined): ParcelFault | undefined {
  const { lostPercent, lostMu } = loss;
  if ((lostPercent === undefined) === (lostMu === undefined)) {
    const value = lostPercent?.slice(0, 64) ?? '';
    const expected = 'either lostPercent or lostMu';
    return { row, field: 'lostPercent', value, code: 'LOSS_ONE_OF_TWO', expected };
  }
  const area = parcel && {
    most: parcel.areaMu100,
    whole: `${formatUnits(MU, parcel.areaMu100)} mu, the parcel's area`,
  };
  return lostMu === undefined
    ? amountFault({ row, field: 'lostPercent', text: lostPercent ?? '' }, PERCENT, {
        most: WHOLE_PPM,
        whole: '100',
      })
    : amountFault({ row, field: 'lostMu', text: lostMu }, MU, area);
}

function amountFault(
  { row, field, text }: { row: number; field: 'lostPercent' | 'lostMu'; text: string },
  unit: typeof MU,
  limit: { readonly most: bigint; readonly whole: string } | undefined,
): ParcelFault | undefined {
  const value = text.slice(0, 64);
  const read = parseUnits(unit, value);
  const form = field === 'lostMu' ? 'mu with at most two decimals' : 'percent with at most four decimals';
  if (!read.ok) return { row, field, value, code: 'LOSS_MALFORMED', expected: form };
  if (read.value === 0n)
    return { row, field, value, code: 'LOSS_NOT_POSITIVE', expected: `${form}, above 0` };
  return limit && read.value > limit.most
    ? { row, field, value, code: 'LOSS_OVER_WHOLE', expected: `at most ${limit.whole}` }
    : undefined;
}

/** A loss without fault. */
export function lossOf({ lostPercent, lostMu }: WantedLoss): ParcelLoss {
  if (lostPercent === undefined) return { lostMu100: counted(MU, lostMu ?? '') };
  return { lostPpm: counted(PERCENT, lostPercent) };
}

function counted(unit: typeof MU, text: string): bigint {
  const read = parseUnits(unit, text);
  return read.ok ? read.value : 0n;
}
