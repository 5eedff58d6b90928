import { parseArgs } from 'node:util';

const ROUNDS = 5;
const ROUNDS_QUICK = 2;

export const USAGE = `npm run bench -- <area> [options]
  --json             the figures as JSON on standard output; progress goes to standard error
  --only <figure>    only this figure; may be given several times
  --rounds <n>       interleaved rounds (${ROUNDS})
  --quick            short and few rounds: to see that everything runs, not to quote
  --profile <folder> leaves a CPU profile of every server there and prints where their time went
  --growth           the long run with growing books, alone
  --write-doc        puts the table into the area's document
  --from <file>      shows or writes an earlier --json output instead of measuring; of several, each figure as the last of them has it`;

/** @param {readonly string[]} args */
export function readOptions(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
      growth: { type: 'boolean', default: false },
      'write-doc': { type: 'boolean', default: false },
      from: { type: 'string', multiple: true, default: [] },
    },
  });
  const [area, ...more] = positionals;
  if (!area || more.length > 0) throw new Error(USAGE);
  const rounds = values.rounds === undefined ? (values.quick ? ROUNDS_QUICK : ROUNDS) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds} is not a count.`);
  const { json, only, quick, profile, growth, from } = values;
  return { area, json, only, rounds, quick, profile, growth, writeDoc: values['write-doc'], from };
}
