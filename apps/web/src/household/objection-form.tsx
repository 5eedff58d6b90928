import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { api, path } from '../api/client';
import type { MyPayment } from '../api/household-types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { ProblemNote } from '../ui/states';

interface Props {
  readonly book: string;
  readonly payment: MyPayment;
  readonly until: string;
}

/** While the notice is up, a household says what is wrong with its line; only that line waits. */
export function ObjectionForm({ book, payment, until }: Props) {
  const { household: text } = useText();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { rosterId, lineNo } = payment;
  const object = useMutation({
    mutationFn: () => api.post(path`/books/${book}/rosters/${rosterId}/objections`, { lineNo, reason }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['my', book, 'payments'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    object.mutate();
  };
  if (object.isSuccess) {
    return (
      <div className="note" role="status">
        {text.objected}
      </div>
    );
  }
  return (
    <>
      <p className="small">{text.noticeUntil(until)}</p>
      <details className="details">
        <summary>{text.object}</summary>
        <form className="stack" onSubmit={submit}>
          <Field
            label={text.objectWhat}
            hint={text.objectHint}
            required
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {object.isError && <ProblemNote error={object.error} />}
          <div>
            <Button type="submit" size="small" busy={object.isPending}>
              {text.objectSend}
            </Button>
          </div>
        </form>
      </details>
    </>
  );
}
