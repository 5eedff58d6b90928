import { httpLoad } from '../../harness/load.mjs';
import { resultOf } from '../../harness/result.rules.mjs';
import { interleave } from '../../harness/rounds.mjs';
import { WORKLOADS } from '../contenders.mjs';
import { largeBook } from '../large-book.mjs';
import { TARGETS } from '../targets.mjs';

const CONNECTIONS = 64;

/** In the middle of the month that the book spans: half of its entries before it, late ones on both sides. */
const DAYS_AGO = 15;

export const names = ['read-balance', 'read-statement-50', 'read-balance-at', 'read-statement-50-at'];

/** Reads over HTTP beside the route that does nothing, on the same server and the large book. */
export async function measure(stage, wanted) {
  const { stage: own, place } = await largeBook(stage);
  const api = await own.engineApi();
  const moment = new Date(Date.now() - DAYS_AGO * 86_400_000).toISOString();
  const read = (parameters) => async () => {
    const seen = await httpLoad(
      {
        ...{ mode: 'closed', port: api.port, connections: CONNECTIONS, ...own.time, expect: 200 },
        workload: WORKLOADS,
        parameters: { book: place.code, accounts: place.accounts, ...parameters },
      },
      { cluster: own.cluster, services: [api] },
    );
    return { ...seen, value: seen.rate };
  };
  const all = {
    'read-balance': read({ kind: 'balances' }),
    'read-statement-50': read({ kind: 'statements' }),
    'read-balance-at': read({ kind: 'balances', query: `&effectiveAt=${moment}` }),
    'read-statement-50-at': read({ kind: 'statements', query: `&by=effective&upTo=${moment}` }),
  };
  await checkPage(own, { port: api.port, code: place.code });
  const contenders = { empty: read({ kind: 'empty' }) };
  for (const name of wanted) contenders[name] = all[name];
  const medians = await interleave({ rounds: stage.rounds, contenders, onMeasured: stage.saw });
  await api.stop();
  return wanted.map((name) =>
    resultOf({
      ...{ name, value: medians[name], unit: 'reads/s', target: TARGETS[name] },
      ...{ baseline: 'the empty route of the same server', baselineValue: medians.empty },
    }),
  );
}

/** A page of 50 has 50 lines, or the figure is about something else. */
async function checkPage(stage, { port, code }) {
  const path = `/api/v1/books/${code}/accounts/p000000/statement?asset=CNY&limit=50`;
  const { items } = await (await fetch(`http://127.0.0.1:${port}${path}`)).json();
  stage.log(`  a statement page holds ${items.length} lines`);
  if (items.length !== 50 && !stage.options.quick) throw new Error('the large book has no full pages');
}
