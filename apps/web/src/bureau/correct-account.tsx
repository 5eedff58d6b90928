import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';

import { api, path } from '../api/client';
import type { ReturnedLine } from '../api/types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { ProblemNote } from '../ui/states';

interface Props {
  readonly book: string;
  readonly line: ReturnedLine;
  readonly onDone: () => void;
}

/** Gives a payee another bank account. The number leaves the page's memory with the form. */
export function CorrectAccount({ book, line, onDone }: Props) {
  const { bureau: text, common } = useText();
  const queries = useQueryClient();
  const [draft, setDraft] = useState({ bank: '', number: '', holderName: line.name, evidence: '' });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.scrollIntoView({ block: 'nearest' }), [line.lineId]);
  const save = useMutation({
    mutationFn: () =>
      api.put(path`/books/${book}/parties/${line.partyId}/bank-account`, {
        ...draft,
        number: draft.number.replace(/\s/g, ''),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['returned', book] });
      onDone();
    },
  });
  const set = (name: keyof typeof draft) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [name]: event.target.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="correct stack" ref={form} onSubmit={submit} key={line.lineId}>
      <div>
        <h3>{text.correctTitle(line.name)}</h3>
        <p className="soft small">{text.correctLead}</p>
      </div>
      <div className="correct-fields">
        <Field label={text.bankName} required maxLength={100} value={draft.bank} onChange={set('bank')} />
        <Field
          label={text.number}
          required
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
          value={draft.number}
          onChange={set('number')}
        />
        <Field
          label={text.holder}
          required
          maxLength={100}
          value={draft.holderName}
          onChange={set('holderName')}
        />
        <Field
          label={text.evidence}
          hint={text.evidenceHint}
          required
          minLength={4}
          maxLength={500}
          value={draft.evidence}
          onChange={set('evidence')}
        />
      </div>
      {save.isError && <ProblemNote error={save.error} />}
      <div className="row">
        <Button type="submit" look="main" busy={save.isPending}>
          {text.save}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {common.cancel}
        </Button>
      </div>
    </form>
  );
}
