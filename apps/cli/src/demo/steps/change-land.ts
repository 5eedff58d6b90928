import { addDays, formatUnits, MU, type Day } from '@app/kernel';
import type { Cast } from '../county/cast';
import type { Parcel } from '../county/county';
import type { Staff } from '../staff';
import { approved } from './approved';

export interface LandChanges {
  readonly areaCorrections: number;
  readonly parcelsSplit: number;
  readonly parcelsMerged: number;
  readonly parcelsMade: number;
  readonly rightsTransferred: number;
}

const mu = (areaMu100: number): string => formatUnits(MU, BigInt(areaMu100));
const EVIDENCE = { evidence: '勘界图与协议原件，县林业局档案室(演练)' };

/** A parcel's area is corrected, another is split, two are made one, and a right changes hands. */
export async function changeLand(staff: Staff, book: string, cast: Cast, from: Day): Promise<LandChanges> {
  const at = `/books/${book}`;
  const people = [staff.forestryHandler, staff.forestryReviewer] as const;
  const own = (parcels: number): Parcel[] => cast.ownLand(cast.household(parcels)).slice(0, parcels);

  const [corrected] = own(1);
  await approved(people, `${at}/parcel-orders`, {
    ...{ ...EVIDENCE, parcelCode: corrected!.code, reason: 'survey', from },
    changes: { area_mu: mu(corrected!.areaMu100 + 25) },
  });
  const [divided] = own(1);
  const part = Math.floor((divided!.areaMu100 * 2) / 5);
  await approved(people, `${at}/land-orders`, {
    ...{ ...EVIDENCE, kind: 'split', parcelCodes: [divided!.code], from },
    children: [part, divided!.areaMu100 - part].map((areaMu100, n) => ({
      ...{ code: `${divided!.code}-${n + 1}`, cells: { area_mu: mu(areaMu100) } },
    })),
  });
  const joined = own(2);
  await approved(people, `${at}/land-orders`, {
    ...{ ...EVIDENCE, kind: 'merge', parcelCodes: joined.map(({ code }) => code), from },
    children: [{ code: `${joined[0]!.code}-H`, cells: mergedCells(joined) }],
  });
  const seller = cast.household();
  const [sold] = cast.ownLand(seller);
  const buyer = cast.neighbourOf(seller);
  await approved(people, `${at}/right-orders`, {
    ...{ parcelCode: sold!.code, kind: 'management', from: addDays(from, 1), reason: 'transfer' },
    shares: [
      { partyExternalNo: seller.externalNo, sharePercent: '40', documentNo: '流转〔2026〕7号(演练)' },
      { partyExternalNo: buyer.externalNo, sharePercent: '60', documentNo: '流转〔2026〕7号(演练)' },
    ],
    evidence: '流转合同原件，镇林业站档案柜(演练)',
  });
  return {
    areaCorrections: 1,
    parcelsSplit: 1,
    parcelsMerged: joined.length,
    parcelsMade: 3,
    rightsTransferred: 1,
  };
}

/** What the former parcels may differ in is written anew; they are both in scope and registered. */
function mergedCells([first, ...rest]: readonly Parcel[]): Record<string, string> {
  const { forestClass, ageGroup, origin, level, areaMu100, code } = first!;
  return {
    ...{ forest_class: forestClass, age_group: ageGroup, origin, public_welfare_level: level },
    area_mu: mu(rest.reduce((sum, parcel) => sum + parcel.areaMu100, areaMu100)),
    certificate_no: `B${code}-H`,
  };
}
