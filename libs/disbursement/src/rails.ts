/** Fiscal rail (财政轨): an indicator's authority. Market rail (市场轨): money of the supervised account. */
export type Rail = 'fiscal' | 'market';

export const MONEY = 'CNY';

/** What a line's paths are made of. */
export interface LinePlace {
  /** The indicator's id on the fiscal rail, the supervised account's channel on the market rail. */
  readonly fund: string;
  /** The roster, settlement or milestone the line comes from. */
  readonly source: string;
  readonly party: string;
}

/** A line's place while a batch carries it. */
export interface BatchPlace extends LinePlace {
  readonly batch: string;
}

interface RailSheet {
  readonly payable: (place: LinePlace) => string;
  readonly inTransit: (place: BatchPlace) => string;
  readonly paid: (place: LinePlace) => string;
  readonly returned: (place: BatchPlace) => string;
  /** Where stopped money (停发) waits to be given back; only an indicator can take it back. */
  readonly stopped: ((place: LinePlace) => string) | undefined;
  readonly kinds: Readonly<Record<'submit' | 'settle' | 'return' | 'reclaim', string>>;
}

/** Everything that differs between the rails. The operations ask this table and never which rail it is. */
export const RAILS: Readonly<Record<Rail, RailSheet>> = {
  fiscal: {
    payable: ({ fund, source, party }) => `payable/${fund}/${source}/${party}`,
    inTransit: ({ fund, source, batch }) => `in-transit/${fund}/${source}/${batch}`,
    paid: ({ fund, source }) => `paid/${fund}/${source}`,
    returned: ({ fund, source, batch }) => `returned/${fund}/${source}/${batch}`,
    stopped: ({ fund, source }) => `stopped/${fund}/${source}`,
    kinds: {
      submit: 'disbursement.submit',
      settle: 'disbursement.settle',
      return: 'disbursement.return',
      reclaim: 'disbursement.reclaim',
    },
  },
  market: {
    payable: ({ source, party }) => `payable-market/${party}/${source}`,
    inTransit: ({ batch }) => `in-transit-market/${batch}`,
    paid: ({ fund }) => `custody/${fund}`,
    returned: ({ batch }) => `returned-market/${batch}`,
    stopped: undefined,
    kinds: {
      submit: 'disbursement.submit-market',
      settle: 'disbursement.settle-market',
      return: 'disbursement.return-market',
      reclaim: 'disbursement.reclaim-market',
    },
  },
};
