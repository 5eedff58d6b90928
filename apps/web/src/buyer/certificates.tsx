import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';

import { api, path } from '../api/client';
import type { MyCard } from '../api/card-types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { day, kg } from '../ui/format';
import { ProblemNote } from '../ui/states';

interface Props {
  readonly book: string;
  readonly card: NonNullable<MyCard['card']>;
}

/** The certificates of a card, and a new one for what was retired since the last. */
export function Certificates({ book, card }: Props) {
  const { buyer: text, common } = useText();
  const queries = useQueryClient();
  const certify = useMutation({
    mutationFn: () => api.post(path`/books/${book}/my/cards/${card.id}/certificates`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['my', book] }),
  });
  const isDue = BigInt(card.retiredGrams) > BigInt(card.certifiedGrams);
  if (!isDue && card.certificates.length === 0) return null;
  return (
    <div className="stack">
      {card.certificates.length > 0 && (
        <dl className="pairs">
          {card.certificates.map(({ number, grams, issuedAt }) => (
            <div key={number}>
              <dt>
                {text.issuedOn(day(issuedAt))}
                <br />
                {kg(grams)} {common.kg}
              </dt>
              <dd>
                <Link className="button button-small" to={`/verify/${number}`}>
                  {text.open}
                </Link>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {certify.isError && <ProblemNote error={certify.error} />}
      {isDue && (
        <div>
          <Button look="main" busy={certify.isPending} onClick={() => certify.mutate()}>
            {text.certify}
          </Button>
        </div>
      )}
    </div>
  );
}
