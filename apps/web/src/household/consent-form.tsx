import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { api, path } from '../api/client';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/states';

interface Props {
  readonly book: string;
  readonly party: string;
  readonly today: string;
}

const SHARES = ['25', '50', '75', '100'];
const YEARS = [1, 3, 5];

/** The day before the same day so many years on; a term never ends on a day that is not there. */
function endOf(today: string, years: number): string {
  const [year = 0, month = 1, date = 1] = today.split('-').map(Number);
  return new Date(Date.UTC(year + years, month - 1, date - 1)).toISOString().slice(0, 10);
}

/** Nothing is chosen beforehand: how much, how long and that one understood are each a step of one's own. */
export function ConsentForm({ book, party, today }: Props) {
  const { household: text } = useText();
  const queries = useQueryClient();
  const [share, setShare] = useState<string>();
  const [until, setUntil] = useState<string>();
  const [isUnderstood, setUnderstood] = useState(false);
  const give = useMutation({
    mutationFn: () =>
      api.post(path`/books/${book}/my/consents`, { partyId: party, sharePercent: share, until }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['my', book] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    give.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Choices
        legend={text.consentShare}
        name={`share-${party}`}
        value={share}
        onChange={setShare}
        options={SHARES.map((value) => ({ value, label: `${value}%` }))}
      />
      <Choices
        legend={text.consentTerm}
        name={`until-${party}`}
        value={until}
        onChange={setUntil}
        options={YEARS.map((years) => ({ value: endOf(today, years), label: text.years(String(years)) }))}
      />
      {until && <p className="soft small">{text.until(until)}</p>}
      <label className="check">
        <input
          type="checkbox"
          checked={isUnderstood}
          onChange={(event) => setUnderstood(event.target.checked)}
        />
        <span>{text.consentUnderstood}</span>
      </label>
      {give.isError && <ProblemNote error={give.error} />}
      <Button
        type="submit"
        look="main"
        size="wide"
        disabled={!share || !until || !isUnderstood}
        busy={give.isPending}
      >
        {text.agree}
      </Button>
    </form>
  );
}

interface ChoicesProps {
  readonly legend: string;
  readonly name: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Choices({ legend, name, value, onChange, options }: ChoicesProps) {
  return (
    <fieldset className="consent-choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
