import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { api, path } from '../api/client';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/states';

interface Props {
  readonly book: string;
  readonly orderId: string;
  readonly until: string | null;
}

export function RefundButton({ book, orderId, until }: Props) {
  const { buyer: text, common } = useText();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const refund = useMutation({
    mutationFn: () => api.post(path`/books/${book}/card-orders/${orderId}/refund`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['my', book] }),
  });
  return (
    <div className="stack">
      {refund.isError && <ProblemNote error={refund.error} />}
      {isAsking ? (
        <>
          <p>{text.refundAsk}</p>
          <div className="row">
            <Button look="danger" busy={refund.isPending} onClick={() => refund.mutate()}>
              {text.refundYes}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {common.cancel}
            </Button>
          </div>
        </>
      ) : (
        <div className="row">
          <Button size="small" onClick={() => setAsking(true)}>
            {text.refund}
          </Button>
          {until && <span className="soft small">{text.refundUntil(until)}</span>}
        </div>
      )}
    </div>
  );
}
