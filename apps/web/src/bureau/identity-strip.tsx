import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';

import { api, path } from '../api/client';
import type { FiscalFigures } from '../api/types';
import { useText } from '../text/text';
import { Bar, Legend } from '../ui/bar';
import { Figure } from '../ui/figure';
import { yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Shown } from '../ui/states';
import { Tag } from '../ui/tag';
import { identityOf } from './identity.rules';

const COLOURS = {
  paid: 'var(--bar-paid)',
  frozen: 'var(--bar-frozen)',
  available: 'var(--bar-free)',
  recovered: 'var(--bar-quiet)',
} as const;

const REFRESH_MS = 3_000;

/** The fiscal identity: where every fen of the authority is at this moment. */
export function IdentityStrip({ book }: { readonly book: string }) {
  const { bureau: text } = useText();
  const figures = useQuery({
    queryKey: ['figures', book, 'fiscal'],
    queryFn: () => api.get<FiscalFigures>(path`/books/${book}/figures/fiscal`),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Sheet title={text.identity} lead={text.identityLead}>
      <Shown query={figures}>{(data) => <Strip figures={data} />}</Shown>
    </Sheet>
  );
}

function Strip({ figures }: { readonly figures: FiscalFigures }) {
  const { bureau: text, common } = useText();
  const identity = identityOf(figures);
  const terms = (['available', 'frozen', 'paid', 'recovered'] as const).map((name) => ({
    name: text[name],
    amount: identity[name],
    colour: COLOURS[name],
  }));
  const isWhole = identity.difference === 0n;
  return (
    <div className="identity">
      <div className="identity-row">
        <Figure total name={text.allotted} value={yuan(identity.allotted)} unit={common.yuan} />
        <div className="identity-terms">
          {terms.map(({ name, amount, colour }) => (
            <div key={name} className="term" style={{ '--term': colour } as CSSProperties}>
              <Figure name={name} value={yuan(amount)} unit={common.yuan} />
            </div>
          ))}
        </div>
      </div>
      <Bar thick label={text.equals} parts={terms} whole={identity.allotted} />
      <div className="identity-foot">
        <Tag tone={isWhole ? 'good' : 'bad'}>{isWhole ? `✓ ${common.inBalance}` : common.outOfBalance}</Tag>
        <strong>
          {common.difference} {yuan(identity.difference)} {common.yuan}
        </strong>
        <span className="soft">{text.equals}</span>
      </div>
      <details className="details">
        <summary>{text.frozenParts}</summary>
        <FrozenParts figures={figures} />
      </details>
    </div>
  );
}

function FrozenParts({ figures }: { readonly figures: FiscalFigures }) {
  const { bureau: text, common } = useText();
  const parts = [
    [text.reserved, figures.reserved, 'var(--bar-quiet)'],
    [text.pending, figures.payable, 'var(--bar-frozen)'],
    [text.inTransit, figures.inTransit, 'var(--bar-sky)'],
    [text.returned, figures.returned, 'var(--bar-back)'],
    [text.stopped, figures.stopped, 'var(--line-strong)'],
  ] as const;
  return (
    <Legend
      items={parts.map(([name, fen, colour]) => ({ name, colour, value: `${yuan(fen)} ${common.yuan}` }))}
    />
  );
}
