import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { api, path } from '../api/client';
import type { Consent, MyLand } from '../api/household-types';
import type { Page } from '../api/types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { percent } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { ProblemNote, Shown } from '../ui/states';
import { ConsentForm } from './consent-form';

interface Props {
  readonly book: string;
  readonly parties: MyLand['parties'];
  /** By the book's clock. */
  readonly today: string;
}

/** A household or a person decides by itself; a collective by a resolution that the bureau enters. */
const decidesAlone = (kind: string): boolean => kind === 'household' || kind === 'person';

/** Nothing is sold unasked: the switch, what it means, and the way back. */
export function ConsentSheet({ book, parties, today }: Props) {
  const { household: text } = useText();
  const consents = useQuery({
    queryKey: ['my', book, 'consents'],
    queryFn: () => api.get<Page<Consent>>(path`/books/${book}/my/consents`),
  });
  return (
    <Sheet title={text.consent} lead={text.consentLead}>
      <div className="stack">
        <ul>
          {text.consentFacts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <Shown query={consents}>
          {({ items }) =>
            parties.map((party) => (
              <div key={party.id} className="stack">
                {parties.length > 1 && <h3>{party.name}</h3>}
                {decidesAlone(party.kind) ? (
                  <Say book={book} party={party.id} today={today} consents={items} />
                ) : (
                  <p className="soft">{text.collective}</p>
                )}
              </div>
            ))
          }
        </Shown>
      </div>
    </Sheet>
  );
}

interface SayProps {
  readonly book: string;
  readonly party: string;
  readonly today: string;
  readonly consents: readonly Consent[];
}

function Say({ book, party, today, consents }: SayProps) {
  const { household: text } = useText();
  const inForce = consents.find(
    (one) => one.party === party && one.revokedAt === null && (one.to === null || one.to >= today),
  );
  if (inForce) return <InForce book={book} consent={inForce} />;
  return (
    <>
      <div className="note note-wait">
        <h3>{text.consentOff}</h3>
      </div>
      <ConsentForm book={book} party={party} today={today} />
    </>
  );
}

function InForce({ book, consent }: { readonly book: string; readonly consent: Consent }) {
  const { household: text, common } = useText();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => api.post(path`/books/${book}/my/consents/${consent.id}/revocation`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['my', book] }),
  });
  return (
    <>
      <div className="note">
        <h3>{text.consentOn(percent(consent.sharePpm))}</h3>
        <p className="small">
          {text.consentSince(consent.from, consent.to ?? '…')}
          {consent.channel === 'paper' && ` · ${text.consentPaper}`}
        </p>
      </div>
      {withdraw.isError && <ProblemNote error={withdraw.error} />}
      {isAsking ? (
        <div className="stack">
          <p>{text.withdrawAsk}</p>
          <div className="row">
            <Button look="danger" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {text.withdrawYes}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {common.cancel}
            </Button>
          </div>
        </div>
      ) : (
        <div>
          <Button look="danger" onClick={() => setAsking(true)}>
            {text.withdraw}
          </Button>
        </div>
      )}
    </>
  );
}
