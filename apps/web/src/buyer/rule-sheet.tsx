import type { SplitRule } from '../api/card-types';
import { useText } from '../text/text';
import { Bar, Legend } from '../ui/bar';
import { percent } from '../ui/format';
import { Sheet } from '../ui/sheet';

const WHOLE_PPM = '1000000';

/** Where the money of any order goes, for those who only look. */
export function RuleSheet({ rule }: { readonly rule: SplitRule }) {
  const { buyer: text } = useText();
  const parts = [
    { name: text.suppliers, amount: rule.suppliersPpm, colour: 'var(--bar-paid)' },
    { name: text.afforestation, amount: rule.afforestationPpm, colour: 'var(--bar-free)' },
    { name: text.fee, amount: rule.feePpm, colour: 'var(--bar-frozen)' },
    { name: text.tax, amount: rule.taxPpm, colour: 'var(--bar-sky)' },
    { name: text.channel, amount: rule.channelPpm, colour: 'var(--bar-quiet)' },
  ];
  return (
    <Sheet title={text.whereMoney} lead={text.ruleSource(rule.source)}>
      <div className="stack">
        <Bar thick label={text.whereMoney} parts={parts} whole={WHOLE_PPM} />
        <Legend items={parts.map(({ amount, ...part }) => ({ ...part, value: `${percent(amount)}%` }))} />
      </div>
    </Sheet>
  );
}
