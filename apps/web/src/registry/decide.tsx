import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { api, path } from '../api/client';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { ProblemNote } from '../ui/states';
import { INBOXES, type InboxOrder } from './inbox.rules';

interface Props {
  readonly book: string;
  readonly order: InboxOrder;
}

type Wish = 'approve' | 'reject';

/** Approve, or reject with the reason. What was decided stands here until the list is read again. */
export function Decide({ book, order }: Props) {
  const { registry: text } = useText();
  const [wish, setWish] = useState<Wish>();
  const route = INBOXES.find(({ kind }) => kind === order.kind)?.route ?? '';
  const decide = useMutation({
    mutationFn: (rejection: string | undefined) =>
      api.post(
        `${path`/books/${book}/`}${route}${path`/${order.id}/decision`}`,
        rejection === undefined ? {} : { rejection },
      ),
  });
  if (decide.isSuccess) {
    return (
      <div className="note" role="status">
        {decide.variables === undefined ? text.approved : text.rejected(decide.variables)}
      </div>
    );
  }
  return (
    <div className="stack">
      {decide.isError && <ProblemNote error={decide.error} />}
      {wish === undefined && (
        <div className="row">
          <Button look="main" onClick={() => setWish('approve')}>
            {text.approve}
          </Button>
          <Button look="danger" onClick={() => setWish('reject')}>
            {text.reject}
          </Button>
        </div>
      )}
      {wish && (
        <Confirm
          wish={wish}
          isBusy={decide.isPending}
          onConfirm={(rejection) => decide.mutate(rejection)}
          onCancel={() => setWish(undefined)}
        />
      )}
    </div>
  );
}

interface ConfirmProps {
  readonly wish: Wish;
  readonly isBusy: boolean;
  readonly onConfirm: (rejection: string | undefined) => void;
  readonly onCancel: () => void;
}

function Confirm({ wish, isBusy, onConfirm, onCancel }: ConfirmProps) {
  const { registry: text, common } = useText();
  const [reason, setReason] = useState('');
  const isRejection = wish === 'reject';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(isRejection ? reason.trim() : undefined);
  };
  return (
    <form className="stack" onSubmit={submit}>
      {isRejection ? (
        <Field
          label={text.why}
          hint={text.whyHint}
          required
          autoFocus
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      ) : (
        <p>{text.approveSure}</p>
      )}
      <div className="row">
        <Button
          type="submit"
          look={isRejection ? 'danger' : 'main'}
          busy={isBusy}
          disabled={isRejection && reason.trim() === ''}
        >
          {isRejection ? text.confirmReject : text.confirmApprove}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {common.cancel}
        </Button>
      </div>
    </form>
  );
}
