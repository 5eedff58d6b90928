import { join } from 'node:path';

import { ROOT } from '../../scripts/places.mjs';
import * as growth from './figures/growth.mjs';
import * as imports from './figures/import.mjs';
import * as issue from './figures/issue.mjs';
import * as reads from './figures/reads.mjs';
import { RegistryStage } from './stage.mjs';

/** Where `--write-doc` puts the table. */
export const DOCUMENT = join(ROOT, 'docs/performance.md');

const GROUPS = [imports, issue, reads];
const GROWTH = [growth];

const groupsOf = (options) => (options.growth ? GROWTH : GROUPS);

/** The figures that a run with these options measures. */
export const figures = (options) => groupsOf(options).flatMap((group) => group.names);

/** Measures the wanted figures, group by group, on one cluster. Ends early, and cleans up, when `stopped` rejects. */
export async function measure({ options, wanted, log, stopped }) {
  const stage = new RegistryStage({ options, log });
  const work = async () => {
    await stage.open();
    const results = [];
    for (const group of groupsOf(options)) {
      const ours = group.names.filter((name) => wanted.includes(name));
      if (ours.length === 0) continue;
      log(`\n${ours.join(', ')}`);
      results.push(...(await group.measure(stage, ours)));
    }
    return { results, cluster: stage.cluster, seen: stage.seen };
  };
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    await stage.close();
  }
}
