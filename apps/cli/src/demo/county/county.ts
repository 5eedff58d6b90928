import { bankAccount, idNumber, personName, phoneNumber } from './people';
import { Chance } from './random';
import { taxonomyOf, type Taxonomy } from './taxonomy';

/** What one row of the county's hand-over files says. All amounts are written units, as a clerk writes them. */
export interface Party {
  readonly externalNo: string;
  readonly kind: 'household' | 'collective' | 'state-forest-farm';
  readonly name: string;
  readonly region: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly bank: string;
  readonly account: string;
}

export interface Parcel {
  readonly code: string;
  readonly village: string;
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
  readonly level: 'national' | 'provincial' | 'none';
  readonly tenure: 'state' | 'collective' | 'individual';
  readonly areaMu100: number;
  readonly registered: boolean;
  readonly taxonomy: Taxonomy;
  readonly holders: readonly { readonly externalNo: string; readonly percent: string }[];
}

export interface Consent {
  readonly externalNo: string;
  readonly percent: string;
}

export interface County {
  readonly parties: readonly Party[];
  readonly parcels: readonly Parcel[];
  readonly consents: readonly Consent[];
}

export interface Village {
  readonly code: string;
  readonly name: string;
}

/** Published for the whole prefecture: 28.78 million mu over 947,740 households, about 30.37 mu each. */
const AREA_MU100_PER_HOUSEHOLD = 3037;

const CLASSES: readonly (readonly [string, number])[] = [
  ['broadleaf', 46],
  ['mixed', 20],
  ['conifer', 14],
  ['bamboo', 5],
  ['economic', 7],
  ['tea', 5],
  ['shrub', 3],
];
const AGES: readonly (readonly [string, number])[] = [
  ['young', 30],
  ['middle', 40],
  ['near-mature', 17],
  ['mature', 10],
  ['over-mature', 3],
];
const LEVELS: readonly (readonly [Parcel['level'], number])[] = [
  ['national', 55],
  ['provincial', 25],
  ['none', 20],
];
const BANKS_BY_WEIGHT: readonly (readonly [string, number])[] = [
  ['PSBC', 5],
  ['ABC', 3],
  ['RCU', 2],
];
const CONSENT_PERCENT = ['100', '100', '80', '60'];

/** Real townships and villages, generated households and parcels. Same seed, same county. */
export class CountyGenerator {
  readonly #chance: Chance;
  /** Of its own, so that the survey's facts change nothing that was generated before there were any. */
  readonly #survey: Chance;
  readonly #parties: Party[] = [];
  readonly #parcels: Parcel[] = [];
  #serial = 0;

  constructor(
    private readonly countyCode: string,
    private readonly villages: readonly Village[],
    seed: string,
  ) {
    this.#chance = new Chance(seed, `county/${countyCode}`);
    this.#survey = new Chance(seed, `survey/${countyCode}`);
  }

  generate(households: number): County {
    const perVillage = Math.floor(households / this.villages.length);
    const extra = households % this.villages.length;
    this.villages.forEach((village, index) => {
      this.addVillage(village, perVillage + (index < extra ? 1 : 0));
    });
    const townships = [...new Set(this.villages.map(({ code }) => code.slice(0, 9)))];
    this.addStateFarm(townships);
    return { parties: this.#parties, parcels: this.#parcels, consents: this.consents() };
  }

  private addVillage(village: Village, households: number): void {
    const collective = this.addParty(
      'collective',
      `${village.name}股份经济合作社`,
      village.code,
      `JT${village.code}`,
    );
    const members = Array.from({ length: households }, (_, i) =>
      this.addParty(
        'household',
        personName(this.#chance),
        village.code,
        `HH${village.code}${String(i + 1).padStart(4, '0')}`,
      ),
    );
    let patch = 0;
    const nextCode = () =>
      `${village.code}-${String(Math.floor(patch / 40) + 1).padStart(3, '0')}-${String((patch++ % 40) + 1).padStart(3, '0')}`;
    for (const member of members) {
      // Two parcels on average; most of the land is in them, the rest is the collective's.
      const count = this.#chance.weighted([
        [1, 30],
        [2, 45],
        [3, 25],
      ] as const);
      for (let i = 0; i < count; i += 1) {
        const share = this.#chance.happens(60) && members.length > 1 ? this.#chance.pick(members) : member;
        const holders =
          share === member
            ? [{ externalNo: member.externalNo, percent: '100' }]
            : [
                { externalNo: member.externalNo, percent: '66.6667' },
                { externalNo: share.externalNo, percent: '33.3333' },
              ];
        const area = Math.floor((AREA_MU100_PER_HOUSEHOLD * this.#chance.between(45, 115)) / (100 * 2));
        this.addParcel(nextCode(), village.code, 'individual', area, holders);
      }
    }
    const shared = Math.floor(
      (AREA_MU100_PER_HOUSEHOLD * Math.max(households, 1) * this.#chance.between(16, 22)) / 100,
    );
    this.addParcel(nextCode(), village.code, 'collective', shared + 1, [
      { externalNo: collective.externalNo, percent: '100' },
    ]);
  }

  private addStateFarm(townships: readonly string[]): void {
    const first = this.villages[0]!;
    const farm = this.addParty('state-forest-farm', '县国有林场', first.code, `GY${this.countyCode}`);
    townships.forEach((township, index) => {
      const village = this.villages.find(({ code }) => code.startsWith(township))!;
      const area = this.#chance.between(40_000, 160_000);
      this.addParcel(
        `${village.code}-900-${String(index + 1).padStart(3, '0')}`,
        village.code,
        'state',
        area,
        [{ externalNo: farm.externalNo, percent: '100' }],
      );
    });
  }

  private addParty(kind: Party['kind'], name: string, region: string, externalNo: string): Party {
    const serial = (this.#serial += 1);
    const bank = this.#chance.weighted(BANKS_BY_WEIGHT);
    const party: Party = {
      externalNo,
      kind,
      name,
      region,
      idNumber: kind === 'household' ? idNumber(this.countyCode, serial) : '',
      phone: phoneNumber(serial),
      bank,
      account: bankAccount(bank, serial),
    };
    this.#parties.push(party);
    return party;
  }

  private addParcel(
    code: string,
    village: string,
    tenure: Parcel['tenure'],
    areaMu100: number,
    holders: Parcel['holders'],
  ): void {
    const forest = {
      forestClass: this.#chance.weighted(CLASSES),
      ageGroup: this.#chance.weighted(AGES),
      origin: this.#chance.happens(700) ? 'natural' : 'planted',
      level: tenure === 'state' ? 'national' : this.#chance.weighted(LEVELS),
    } as const;
    this.#parcels.push({
      ...{ code, village, ...forest, tenure, areaMu100, holders },
      registered: this.#chance.happens(970),
      taxonomy: taxonomyOf(this.#survey, { ...forest, areaMu100 }),
    });
  }

  /** Three households in five were asked and agreed; nobody is taken for having agreed. */
  private consents(): Consent[] {
    return this.#parties
      .filter(({ kind }) => kind === 'household')
      .filter(() => this.#chance.happens(600))
      .map(({ externalNo }) => ({ externalNo, percent: this.#chance.pick(CONSENT_PERCENT) }));
  }
}
