import { useText } from '../text/text';
import { Bar, Legend } from '../ui/bar';
import { Figure } from '../ui/figure';
import { sum } from '../ui/format';
import { Tag } from '../ui/tag';

interface Props {
  readonly total: { readonly name: string; readonly amount: string };
  readonly terms: readonly { readonly name: string; readonly amount: string; readonly colour: string }[];
  readonly unit: string;
  readonly write: (amount: string | bigint) => string;
}

/** A total, its terms, and the difference between them: nought, or the page says so. */
export function Account({ total, terms, unit, write }: Props) {
  const { common } = useText();
  const difference = BigInt(total.amount) - sum(...terms.map(({ amount }) => amount));
  const isWhole = difference === 0n;
  return (
    <div className="stack">
      <Figure total name={total.name} value={write(total.amount)} unit={unit} />
      <Bar thick label={total.name} parts={terms} whole={total.amount} />
      <Legend
        items={terms.map(({ name, amount, colour }) => ({ name, colour, value: `${write(amount)} ${unit}` }))}
      />
      <div className="row">
        <Tag tone={isWhole ? 'good' : 'bad'}>{isWhole ? `✓ ${common.inBalance}` : common.outOfBalance}</Tag>
        <span>
          {common.difference} {write(difference)} {unit}
        </span>
      </div>
    </div>
  );
}
