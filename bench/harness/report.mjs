import { readFileSync, writeFileSync } from 'node:fs';

import { isMet } from './result.rules.mjs';

const number = (value) =>
  value === null ? '–' : value.toLocaleString('en-US', { maximumFractionDigits: 3 });

const limit = (bound, { atLeast, aim }) => {
  if (bound === null) return '–';
  return `${aim < atLeast ? '≤' : '≥'} ${number(bound)}`;
};

function verdict({ met, atLeast, aim, ratio, value }) {
  if (met === null) return '–';
  if (!met) return 'missed';
  // The rounded value may stand exactly on the aim.
  return isMet(ratio ?? value, { atLeast: aim, aim: aim < atLeast ? aim - 1 : aim + 1 }) ? 'aim' : 'yes';
}

const COLUMNS = [
  ['figure', ({ name }) => name],
  ['value', ({ value, unit }) => `${number(value)} ${unit}`],
  ['baseline', ({ baseline }) => baseline ?? '–'],
  ['its value', ({ baselineValue }) => number(baselineValue)],
  ['ratio', ({ ratio }) => number(ratio)],
  ['at least', (result) => limit(result.atLeast, result)],
  ['aim', (result) => limit(result.aim, result)],
  ['reached', verdict],
];

const cellsOf = (results) => [
  COLUMNS.map(([title]) => title),
  ...results.map((r) => COLUMNS.map(([, cell]) => cell(r))),
];

/** For people at a terminal. */
export function plainTable({ results }) {
  const rows = cellsOf(results);
  const widths = COLUMNS.map((_column, index) => Math.max(...rows.map((row) => row[index].length)));
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What a document shows of a run: the machine, the load, the table. */
export function markdown(outcome) {
  const { machine, load, commit } = outcome;
  const settings = Object.entries(machine.settings).map(([name, value]) => `${name} ${value}`);
  const [head, ...rows] = cellsOf(outcome.results).map((row) => `| ${row.join(' | ')} |`);
  const rule = `| ${COLUMNS.map((_column, index) => (index === 0 || index === 2 || index === 7 ? '---' : '---:')).join(' | ')} |`;
  return [
    `Command \`${load.command}\`, ${load.startedAt}, ${number(load.minutes)} minutes, commit \`${commit}\`.`,
    `Machine: ${machine.cores} cores ${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.system}; Node ` +
      `${machine.node}; ${machine.postgres}; ${machine.pgbench}. ${settings.join(', ')}.`,
    `Load average (1 minute) at the start ${load.atStart}, during the rounds ${load.least} to ${load.most} ` +
      `(the run itself included); medians of ${load.rounds} rounds.`,
    '',
    ...[head, rule, ...rows],
    '',
    ...cpuLines(load),
  ].join('\n');
}

/** Cores used while a figure was measured, median of its rounds. */
function cpuLines({ cpu }) {
  const rows = Object.entries(cpu).map(([name, shares]) => {
    const cells = ['generator', 'api', 'postgres', 'others'].map((who) => number(shares[who] ?? null));
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  if (rows.length === 0) return [];
  return [
    'Cores used meanwhile:',
    '',
    '| measured | generator | Node servers | PostgreSQL | other processes |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ];
}

/** Puts a block between its two marks in a document; everything else of it is written by people. */
export function writeBlock(file, name, block) {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place "${begin} … ${end}" for the figures.`);
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n\n${block.trim()}\n\n${text.slice(to)}`);
}
