import { useQuery } from '@tanstack/react-query';

import { api, path } from '../api/client';
import type { ReversalEffect } from '../api/registry-types';
import { useText } from '../text/text';
import { exactKg } from '../ui/format';
import { Shown } from '../ui/states';

interface Props {
  readonly book: string;
  readonly reversal: string;
}

/** What approving a reversal would take and what would stand in, by a run that changes nothing. */
export function LossPreview({ book, reversal }: Props) {
  const { registry: text, common } = useText();
  const preview = useQuery({
    queryKey: ['loss', book, reversal],
    queryFn: () =>
      api.post<{ effect: ReversalEffect | null }>(
        path`/books/${book}/reversals/${reversal}/decision?dryRun=true`,
      ),
  });
  return (
    <Shown query={preview}>
      {({ effect }) =>
        effect && (
          <dl className="pairs">
            {(
              [
                [text.loss.lost, effect.lostGrams],
                [text.loss.holding, effect.holdingGrams],
                [text.loss.buffer, effect.bufferGrams],
                [text.loss.replaced, effect.replacedGrams],
                [text.loss.open, effect.openGrams],
              ] as const
            ).map(([name, grams]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {exactKg(grams)} {common.kg}
                </dd>
              </div>
            ))}
          </dl>
        )
      }
    </Shown>
  );
}
