import type { Day } from '@app/kernel';
import type { Cast } from '../county/cast';
import type { County, Party } from '../county/county';
import { bankAccount, idNumber, phoneNumber } from '../county/people';
import type { Staff } from '../staff';
import { approved } from './approved';

export interface HouseholdChanges {
  readonly householdsSplit: number;
  readonly householdsMerged: number;
  readonly householdsClosed: number;
  readonly payeesNamed: number;
}

const PAPER = { documentNo: '户籍〔2026〕3号(演练)', evidence: '户口簿与协议复印件，村档案室(演练)' };

/** 分户, 并户, 销户 with an heir, and a guardian who is paid for another. */
export async function changeHouseholds(
  staff: Staff,
  book: string,
  { cast, county, code }: { readonly cast: Cast; readonly county: County; readonly code: string },
  day: Day,
): Promise<HouseholdChanges> {
  const at = `/books/${book}`;
  const people = [staff.villageClerk, staff.forestryReviewer] as const;
  const event = (body: object) => approved(people, `${at}/party-orders`, { ...PAPER, day, ...body });
  const management = (parcelCode: string) => ({ parcelCode, kind: 'management' });

  const parent = cast.household();
  const child = childOf(parent, code, county.parties.length + 1);
  await event({
    ...{ event: 'split', partyExternalNo: parent.externalNo, facts: child.facts },
    moves: [{ ...management(cast.ownLand(parent)[0]!.code), sharePercent: '50' }],
  });
  await giveAccount(staff, book, child);

  const joining = cast.household();
  await event({
    ...{ event: 'merge', partyExternalNo: joining.externalNo },
    intoExternalNo: cast.neighbourOf(joining).externalNo,
  });

  const ended = cast.household();
  const heir = cast.neighbourOf(ended);
  await event({
    ...{ event: 'close', partyExternalNo: ended.externalNo },
    moves: cast
      .landOf(ended)
      .map((parcel) => ({ ...management(parcel.code), toExternalNo: heir.externalNo })),
  });

  const ward = cast.household();
  await approved([staff.villageClerk, staff.townFinance], `${at}/payee-orders`, {
    ...{ partyExternalNo: ward.externalNo, payeeExternalNo: cast.neighbourOf(ward).externalNo },
    ...{ reason: 'guardian', from: day, documentNo: '监护〔2026〕1号(演练)' },
    evidence: '村委会证明原件，镇档案室(演练)',
  });
  return { householdsSplit: 1, householdsMerged: 1, householdsClosed: 1, payeesNamed: 1 };
}

interface Child {
  readonly facts: Readonly<Record<'externalNo' | 'name' | 'idNumber' | 'phone', string>>;
  readonly account: { readonly bank: string; readonly number: string; readonly holderName: string };
}

function childOf(parent: Party, county: string, serial: number): Child {
  const name = `${parent.name.slice(0, 1)}新禾`;
  const numbers = { idNumber: idNumber(county, serial), phone: phoneNumber(serial) };
  return {
    facts: { externalNo: `${parent.externalNo}F`, name, ...numbers },
    account: { bank: parent.bank, number: bankAccount(parent.bank, serial), holderName: name },
  };
}

/** A household that a split made has no account until town finance has seen one. */
async function giveAccount(staff: Staff, book: string, { facts, account }: Child): Promise<void> {
  const { items } = await staff.townFinance.get<{ items: readonly { id: string }[] }>(
    `/books/${book}/parties?q=${facts.externalNo}`,
  );
  await staff.townFinance.put(`/books/${book}/parties/${items[0]!.id}/bank-account`, {
    ...account,
    evidence: '本人持存折到镇财政所登记',
  });
}
