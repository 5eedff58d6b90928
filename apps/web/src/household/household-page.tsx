import { useQuery } from '@tanstack/react-query';

import { api, path } from '../api/client';
import type { MyLand } from '../api/household-types';
import { WithBook } from '../app/books';
import { Gate } from '../app/gate';
import { PageHead } from '../app/layout';
import { useText, word } from '../text/text';
import { Shown } from '../ui/states';
import { ConsentSheet } from './consent';
import { CreditsSheet } from './credits';
import { LandSheet } from './land';
import { PaymentsSheet } from './payments';
import './household.css';

/** What is one's own: money, land, carbon, and the say over it. */
export default function HouseholdPage() {
  const { household: text } = useText();
  return (
    <Gate kind="person">
      {() => (
        <WithBook>
          {({ code }, picker) => (
            <>
              <PageHead title={text.title} lead={text.lead} aside={picker} />
              <Own key={code} book={code} />
            </>
          )}
        </WithBook>
      )}
    </Gate>
  );
}

function Own({ book }: { readonly book: string }) {
  const land = useQuery({
    queryKey: ['my', book, 'land'],
    queryFn: () => api.get<MyLand>(path`/books/${book}/my/land`),
  });
  return (
    <Shown query={land}>
      {(mine) =>
        mine.parties.length === 0 ? (
          <Stranger />
        ) : (
          <div className="stack-wide">
            <Parties parties={mine.parties} />
            <div className="columns">
              <div className="stack-wide">
                <PaymentsSheet book={book} />
                <LandSheet land={mine} />
              </div>
              <div className="stack-wide">
                <CreditsSheet book={book} />
                <ConsentSheet book={book} parties={mine.parties} today={mine.day} />
              </div>
            </div>
          </div>
        )
      }
    </Shown>
  );
}

function Parties({ parties }: Pick<MyLand, 'parties'>) {
  const { household: text, words, language } = useText();
  return (
    <div className="note">
      {parties.map(({ id, name, regionName, account }) => (
        <div key={id}>
          <h3>
            {name}
            {regionName && <span className="soft"> · {regionName}</span>}
          </h3>
          <p>{account ? text.accountOf(word(words.bank, account.bank), account.last4) : text.noAccount}</p>
          {account?.payee && (
            <p>
              {text.paidTo(
                language === 'zh' ? account.payee.reasonZh : account.payee.reasonEn,
                account.payee.name,
              )}
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

function Stranger() {
  const { household: text } = useText();
  return (
    <section className="sheet stack narrow">
      <h2>{text.nothingTitle}</h2>
      <p>{text.nothing}</p>
    </section>
  );
}
