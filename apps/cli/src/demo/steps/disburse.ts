import type { Party } from '../county/county';
import { bankAccount } from '../county/people';
import { eachOf, until, type ApiClient } from '../api-client';
import type { Staff } from '../staff';

interface Batch {
  readonly id: string;
  /** Lines the bank has said nothing about yet. */
  readonly waiting: number;
  readonly paid: number;
  readonly failed: number;
  readonly unknown: number;
}

interface ReturnedLine {
  readonly lineId: string;
  readonly partyId: string;
  readonly name: string;
  readonly region: string;
  readonly failedAccountLast4: string;
}

/** Corrections at once: a town's clerk types them one after the other, ten towns do so side by side. */
const CORRECTIONS_AT_ONCE = 4;

export interface Outcome {
  readonly paid: number;
  readonly failed: number;
  readonly unknown: number;
}

/** Asks for batches of everything payable, and waits until the bank has answered each line it can answer. */
export async function payOut(client: ApiClient, book: string, source: object): Promise<Outcome> {
  const { batches } = await client.post<{ batches: readonly Batch[] }>(`/books/${book}/batches`, source);
  return settle(client, book, batches);
}

/** Corrects what came back, reissues exactly those lines, and waits again. */
export async function correctAndReissue(
  staff: Staff,
  book: string,
  parties: readonly Party[],
): Promise<Outcome> {
  const items = await returnedLines(staff.payoutCentre, book);
  if (items.length === 0) return { paid: 0, failed: 0, unknown: 0 };
  const known = new Map(
    parties.map((party, index) => [keyOf(party.region, party.name, party.account), { party, index }]),
  );
  // A payee of two rosters may have come back twice; the account is mended once.
  const payees = [...new Map(items.map((line) => [line.partyId, line])).values()];
  await eachOf(payees, CORRECTIONS_AT_ONCE, (line) => {
    const found = known.get(keyOf(line.region, line.name, line.failedAccountLast4));
    if (!found) throw new Error(`The returned line ${line.lineId} is of nobody in the hand-over files.`);
    const { party, index } = found;
    return staff.townFinance.put(`/books/${book}/parties/${line.partyId}/bank-account`, {
      bank: party.bank,
      number: bankAccount(party.bank, index + 1, 9),
      holderName: party.name,
      evidence: '本人持新存折到镇财政所登记',
    });
  });
  const { batches } = await staff.payoutCentre.post<{ batches: readonly Batch[] }>(
    `/books/${book}/reissues`,
    {
      lineIds: items.map(({ lineId }) => lineId),
    },
  );
  return settle(staff.payoutCentre, book, batches);
}

/** Within a village, the name and the last four digits of the account tell the payee. */
const keyOf = (region: string, name: string, account: string): string =>
  `${region}/${name}/${account.slice(-4)}`;

async function returnedLines(client: ApiClient, book: string): Promise<ReturnedLine[]> {
  const all: ReturnedLine[] = [];
  for (let cursor = ''; ;) {
    const page = await client.get<{ items: readonly ReturnedLine[]; next: string | null }>(
      `/books/${book}/returned-lines?limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    all.push(...page.items);
    if (page.next === null) return all;
    cursor = page.next;
  }
}

async function settle(
  client: ApiClient,
  book: string,
  batches: readonly { readonly id: string }[],
): Promise<Outcome> {
  const done = await eachOf(batches, 4, ({ id }) =>
    until(`batch ${id} to be answered`, async () => {
      const batch = await client.get<Batch>(`/books/${book}/batches/${id}`);
      return batch.waiting === 0 ? batch : undefined;
    }),
  );
  const sum = (of: (batch: Batch) => number) => done.reduce((total, batch) => total + of(batch), 0);
  return {
    paid: sum(({ paid }) => paid),
    failed: sum(({ failed }) => failed),
    unknown: sum(({ unknown }) => unknown),
  };
}
