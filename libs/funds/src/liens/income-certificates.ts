import { Injectable } from '@nestjs/common';

import { refuse, ok, type Day, type Result } from '@app/kernel';
import { Land, Registry, type HeldLand } from '@app/registry';
import type { LienRefusal } from './lien.refusals';
import type { Lien } from './lien.store';
import { Liens } from './liens';

/** What a programme paid a party for a year. */
export interface YearIncome {
  readonly year: number;
  readonly amountFen: bigint;
}

/** Whoever knows what programmes paid to whom; a lib above this one. */
export interface IncomeReader {
  incomeOf(book: number, party: string, programme: string, years: readonly number[]): Promise<YearIncome[]>;
}

/** Where that lib says that it knows. */
@Injectable()
export class IncomeReaders {
  #reader: IncomeReader | undefined;

  use(reader: IncomeReader): void {
    this.#reader = reader;
  }

  get reader(): IncomeReader | undefined {
    return this.#reader;
  }
}

/** What a 《公益林补偿收益权证明》 states. Whoever prints it adds the number and the seal. */
export interface IncomeCertificate {
  readonly day: Day;
  readonly holder: { readonly id: string; readonly externalNo: string; readonly name: string };
  readonly programme: string;
  /** Of the party's shares in payable public-welfare forest on the day, in hundredths of a mu. */
  readonly areaMu100: bigint;
  readonly parcels: number;
  /** Of the last three years; null while nobody here knows them. */
  readonly income: readonly YearIncome[] | null;
  /** What of it is pledged on the day. */
  readonly pledged: readonly Lien[];
}

const YEARS = 3;
const WHOLE_PPM = 1_000_000n;

@Injectable()
export class IncomeCertificates {
  constructor(
    private readonly registry: Registry,
    private readonly land: Land,
    private readonly liens: Liens,
    private readonly readers: IncomeReaders,
  ) {}

  async of(
    book: number,
    party: string,
    { programme, day }: { readonly programme: string; readonly day: Day },
  ): Promise<Result<IncomeCertificate, Extract<LienRefusal, { code: 'PARTY_UNKNOWN' }>>> {
    const holder = await this.registry.party(book, party);
    if (!holder) return refuse({ code: 'PARTY_UNKNOWN', party });
    const held = incomeLand(await this.land.of(book, [party], day));
    const year = Number(day.slice(0, 4));
    const years = Array.from({ length: YEARS }, (_none, back) => year - YEARS + back);
    const income = await this.readers.reader?.incomeOf(book, party, programme, years);
    const { externalNo, name } = holder;
    return ok({
      ...{ day, holder: { id: party, externalNo, name }, programme, parcels: held.length },
      areaMu100: held.reduce((sum, { share, area }) => sum + (area * share) / WHOLE_PPM, 0n),
      income: income ?? null,
      pledged:
        (await this.liens.liensOf(book, [party], day))
          .get(party)
          ?.filter((lien) => lien.programme === programme) ?? [],
    });
  }
}

/** A parcel counts once: of several rights to it the largest share. */
function incomeLand(held: readonly HeldLand[]): { share: bigint; area: bigint }[] {
  const byParcel = new Map<string, { share: bigint; area: bigint }>();
  for (const { parcel, right } of held) {
    if (!parcel.isPayable || parcel.publicWelfareLevel === 'none') continue;
    const known = byParcel.get(parcel.id);
    if (known && known.share >= right.sharePpm) continue;
    byParcel.set(parcel.id, { share: right.sharePpm, area: parcel.areaMu100 });
  }
  return [...byParcel.values()];
}
