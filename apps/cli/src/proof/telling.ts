import { toHex, type Comparison, type ProofFault, type ProvenRecord, type Verdict } from '@app/proof';

const FAULTS: Readonly<Record<ProofFault, string>> = {
  FORMAT: 'The file is not a proof of this format, or it is damaged.',
  KEY: 'The key is not a key of a log.',
  SIGNATURE: 'The checkpoint is not signed with this key.',
  RECORD: 'The record is not what was sealed.',
  SEAL: 'The seal is not in the log that was signed.',
};

export function tellVerdict(verdict: Verdict): string {
  if (!verdict.ok) {
    const where = verdict.field === undefined ? '' : ` (${verdict.field})`;
    return `NOT PROVEN  ${verdict.fault}${where}\n${FAULTS[verdict.fault]}`;
  }
  const { checkpoint, seal, proven } = verdict;
  return [
    'PROVEN',
    `log         ${checkpoint.origin}`,
    `checkpoint  ${checkpoint.size} seals, root ${toHex(checkpoint.root)}`,
    `seal        ${seal.no}, made at ${seal.sealedAt}`,
    ...tellRecord(proven),
  ].join('\n');
}

function tellRecord(proven: ProvenRecord): string[] {
  if (proven.stream === 'refusal') {
    const { id, no, code, facts, decidedAt } = proven.record;
    return [`refusal     ${no}, id ${id}, decided at ${decidedAt}`, `            ${code} ${facts}`];
  }
  if (proven.stream === 'event') {
    const { no, type, facts, at } = proven.record;
    return [`event       ${no}, at ${at}`, `            ${type} ${facts}`];
  }
  const { id, seq, kind, recordedAt, effectiveAt, reference, postings } = proven.record;
  return [
    `entry       ${seq}, id ${id}`,
    `            ${kind}, recorded at ${recordedAt}, effective at ${effectiveAt}`,
    ...(reference === null ? [] : [`            reference ${reference}`]),
    ...postings.map(({ path, asset, amount, balanceAfter }) => {
      const way = amount > 0n ? 'debit ' : 'credit';
      const size = amount > 0n ? amount : -amount;
      return `  ${way}    ${size} ${asset}  ${path}  (balance ${balanceAfter})`;
    }),
  ];
}

const COMPARISON_FAULTS = {
  KEY: 'The key is not a key of a log.',
  SIGNATURE: 'One of the checkpoints is not signed with this key.',
  PROOF: 'The path is not a list of hashes.',
  FORKED:
    'The newer checkpoint does not begin with the older one by this path: the past was changed, or the path is of other sizes.',
} as const;

export function tellComparison(comparison: Comparison): string {
  if (!comparison.ok) return `NOT PROVEN  ${comparison.fault}\n${COMPARISON_FAULTS[comparison.fault]}`;
  const { older, newer } = comparison;
  return [
    'CONSISTENT',
    `log         ${newer.origin}`,
    `older       ${older.size} seals, root ${toHex(older.root)}`,
    `newer       ${newer.size} seals, root ${toHex(newer.root)}`,
  ].join('\n');
}
