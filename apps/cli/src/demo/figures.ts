import type { ApiClient } from './api-client';

type Amounts = Readonly<Record<string, string>>;

export interface Figures {
  readonly credits: Amounts;
  readonly fiscal: Amounts;
  readonly market: Amounts;
}

export interface Verification {
  readonly ok: boolean;
  readonly entries: string;
  readonly postings: string;
  readonly findings: readonly unknown[];
}

export async function readFigures(client: ApiClient, book: string): Promise<Figures> {
  const [credits, fiscal, market] = await Promise.all(
    ['credits', 'fiscal', 'market'].map((name) => client.get<Amounts>(`/books/${book}/figures/${name}`)),
  );
  return { credits: credits!, fiscal: fiscal!, market: market! };
}

const sum = (amounts: Amounts, names: readonly string[]): bigint =>
  names.reduce((total, name) => total + BigInt(amounts[name] ?? 'x'), 0n);

/** The identities that hold to the unit at every instant. Returns what does not hold. */
export function brokenIdentities({ credits, fiscal, market }: Figures): string[] {
  const identities: readonly (readonly [string, bigint, bigint])[] = [
    [
      'credits: issued = holding + reserved + card + retired + buffer + cancelled + external',
      BigInt(credits.issued!),
      sum(credits, ['holding', 'reserved', 'card', 'retired', 'buffer', 'cancelled', 'external']),
    ],
    [
      'fiscal: allotted + clearingIn = fund + reserved + payable + inTransit + returned + stopped + paid + recovered + clearingOut',
      sum(fiscal, ['allotted', 'clearingIn']),
      sum(fiscal, [
        ...[
          'fund',
          'reserved',
          'payable',
          'inTransit',
          'returned',
          'stopped',
          'paid',
          'recovered',
          'clearingOut',
        ],
      ]),
    ],
    [
      'market: proceeds = unsplit + afforestation + suppliers + nontax + fee + tax + channel',
      BigInt(market.proceeds!),
      sum(market, ['unsplit', 'afforestation', 'suppliers', 'nontax', 'fee', 'tax', 'channel']),
    ],
    ['market: custody = custodyLiabilities', BigInt(market.custody!), BigInt(market.custodyLiabilities!)],
  ];
  return identities
    .filter(([, left, right]) => left !== right)
    .map(([name, left, right]) => `${name}: ${left} ≠ ${right}`);
}
