// Measures a part of the product against baselines of the same minutes: npm run bench -- ledger. See --help.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { readOptions, USAGE } from '../bench/harness/options.mjs';
import { newestOf, outcomeOf } from '../bench/harness/outcome.mjs';
import { placesOf } from '../bench/harness/profile.mjs';
import { compilePrograms } from '../bench/harness/programs.mjs';
import { markdown, plainTable, writeBlock } from '../bench/harness/report.mjs';
import { build } from './build.mjs';
import { onEnding } from './launch/ending.mjs';
import { ROOT } from './places.mjs';

const log = (text) => console.error(text);

try {
  if (process.argv.slice(2).some((argument) => ['--help', '-h'].includes(argument))) log(USAGE);
  else await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  log(error.message);
  process.exitCode = 1;
}

async function bench(options) {
  const home = join(ROOT, 'bench', options.area, 'index.mjs');
  if (!existsSync(home)) throw new Error(`There is no bench/${options.area}.\n${USAGE}`);
  const area = await import(home);
  const earlier = options.from.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const outcomes = earlier.length > 0 ? newestOf(earlier) : [await run(area, options)];
  for (const outcome of outcomes) {
    console.log(options.json ? JSON.stringify(outcome, undefined, 2) : plainTable(outcome));
  }
  if (options.profile) tellPlaces(options.profile);
  if (options.writeDoc) {
    const name = options.growth ? `${options.area}-growth` : options.area;
    writeBlock(area.DOCUMENT, name, outcomes.map(markdown).join('\n\n'));
    await tidy(area.DOCUMENT);
  }
}

/** Tables as `npm run check` wants them. */
async function tidy(file) {
  const settings = await resolveConfig(file);
  writeFileSync(file, await format(readFileSync(file, 'utf8'), { ...settings, filepath: file }));
}

/** Where each server spent its time, places above one per cent. */
function tellPlaces(folder) {
  for (const server of readdirSync(folder)) {
    log(`\n${server}`);
    for (const { place, share } of placesOf(join(folder, server))) {
      if (share > 0.01) log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${place}`);
    }
  }
}

async function run(area, options) {
  const known = area.figures(options);
  const unknown = options.only.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No figure ${unknown.join(', ')}. There are:\n  ${known.join('\n  ')}`);
  await build({ web: false });
  await compilePrograms();
  const wanted = options.only.length > 0 ? options.only : known;
  const stopped = new Promise((_resolve, reject) =>
    onEnding((reason) => reject(new Error(`Stopped by ${reason}.`))),
  );
  return outcomeOf({
    command: `npm run bench -- ${process.argv.slice(2).join(' ')}`,
    measure: () => area.measure({ options, wanted, log, stopped }),
    rounds: options.rounds,
  });
}
