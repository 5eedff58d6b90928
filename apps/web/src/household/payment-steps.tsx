import { useText } from '../text/text';

const STEPS = ['notice', 'review', 'bank', 'paid'] as const;

/** How far each state has come along the four steps; a negative one has stopped at the step. */
const AT: Readonly<Record<string, readonly [number, 'now' | 'bad']>> = {
  notice: [0, 'now'],
  objected: [0, 'bad'],
  dismissed: [0, 'now'],
  excluded: [0, 'bad'],
  review: [1, 'now'],
  pending: [2, 'now'],
  'in-transit': [2, 'now'],
  returned: [2, 'bad'],
  stopped: [2, 'bad'],
};

/** 公示 → 审核 → 银行 → 到账, and where the money is among them. */
export function PaymentSteps({ state }: { readonly state: string }) {
  const { household: text } = useText();
  const [at, look] = AT[state] ?? [STEPS.length, 'now'];
  const classOf = (index: number) => (index < at ? 'done' : index === at ? look : undefined);
  return (
    <ol className="steps">
      {STEPS.map((step, index) => (
        <li key={step} className={classOf(index)} aria-current={index === at ? 'step' : undefined}>
          {text.steps[step]}
        </li>
      ))}
    </ol>
  );
}
