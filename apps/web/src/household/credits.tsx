import { useQuery } from '@tanstack/react-query';

import { api, path } from '../api/client';
import type { PartyCredits } from '../api/household-types';
import type { Page } from '../api/types';
import { useText } from '../text/text';
import { Bar, Legend } from '../ui/bar';
import { Figure } from '../ui/figure';
import { kg, percent } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Shown } from '../ui/states';

/** Carbon in plain words: how much was measured, and in whose hands it is. */
export function CreditsSheet({ book }: { readonly book: string }) {
  const { household: text } = useText();
  const credits = useQuery({
    queryKey: ['my', book, 'credits'],
    queryFn: () => api.get<Page<PartyCredits>>(path`/books/${book}/my/credits`),
  });
  return (
    <Sheet title={text.credits} lead={text.creditsLead}>
      <Shown query={credits}>
        {({ items }) => {
          const measured = items.filter(({ measuredGrams }) => BigInt(measuredGrams) > 0n);
          if (measured.length === 0) return <Empty>{text.noCredits}</Empty>;
          return (
            <div className="stack-wide">
              {measured.map((item) => (
                <OwnCredits key={item.party} credits={item} isOnly={items.length === 1} />
              ))}
              <Differences />
            </div>
          );
        }}
      </Shown>
    </Sheet>
  );
}

function OwnCredits({ credits, isOnly }: { readonly credits: PartyCredits; readonly isOnly: boolean }) {
  const { household: text } = useText();
  const notIssued = BigInt(credits.measuredGrams) - BigInt(credits.issuedGrams);
  const places = [
    { name: text.holding, note: text.holdingNote, amount: credits.holdingGrams, colour: 'var(--bar-paid)' },
    { name: text.buffer, note: text.bufferNote, amount: credits.bufferGrams, colour: 'var(--bar-sky)' },
    { name: text.held, note: text.heldNote, amount: credits.reservedGrams, colour: 'var(--bar-frozen)' },
    { name: text.sold, note: text.soldNote, amount: credits.soldGrams, colour: '#c07a3a' },
    { name: text.used, note: text.usedNote, amount: credits.retiredGrams, colour: '#7d5a3c' },
    {
      name: text.cancelled,
      note: text.cancelledNote,
      amount: credits.cancelledGrams,
      colour: 'var(--bar-quiet)',
    },
    {
      name: text.external,
      note: text.externalNote,
      amount: credits.externalGrams,
      colour: 'var(--bar-quiet)',
    },
    { name: text.notYet, note: text.notYetNote, amount: notIssued.toString(), colour: 'var(--bar-free)' },
  ].filter(({ amount }) => BigInt(amount) > 0n);
  return (
    <div className="stack">
      {!isOnly && <h3>{credits.name}</h3>}
      <Figure
        total
        name={text.measured}
        value={kg(credits.measuredGrams)}
        unit={text.coin}
        note={text.measuredNote}
      />
      <Bar thick label={text.measured} parts={places} whole={credits.measuredGrams} />
      <Legend
        items={places.map(({ amount, ...place }) => ({ ...place, value: `${kg(amount)} ${text.coin}` }))}
      />
      <Losses credits={credits} />
      <details className="details">
        <summary>{text.creditParcels}</summary>
        <dl className="pairs">
          {credits.parcels.map((parcel) => (
            <div key={`${parcel.parcelCode}/${parcel.from}/${parcel.right.sharePpm}`}>
              <dt>
                {parcel.parcelCode}
                <br />
                <span className="small">
                  {text.yearGrew} {parcel.from.slice(0, 4)}
                </span>
              </dt>
              <dd>
                <b>
                  {kg(parcel.grams)} {text.coin}
                </b>
                <br />
                <span className="soft small">
                  {kg(parcel.parcelGrams)} × {percent(parcel.right.sharePpm)}%
                </span>
              </dd>
            </div>
          ))}
        </dl>
        <p className="soft small">{text.illustrative}</p>
      </details>
      <Buffers buffers={credits.buffers} />
    </div>
  );
}

/** What is kept as insurance, and when it may come back. */
function Buffers({ buffers }: Pick<PartyCredits, 'buffers'>) {
  const { household: text } = useText();
  if (buffers.length === 0) return null;
  return (
    <details className="details">
      <summary>{text.bufferReturns}</summary>
      <dl className="pairs">
        {buffers.map(({ issuance, grams, mayReturnFrom }) => (
          <div key={issuance}>
            <dt>{issuance}</dt>
            <dd>
              <b>
                {kg(grams)} {text.coin}
              </b>
              <br />
              <span className="soft small">
                {mayReturnFrom === null ? text.bufferNoDay : `${text.bufferFrom} ${mayReturnFrom}`}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What was lost, why, and what became of it; nothing where nothing was. */
function Losses({ credits: { losses, standInGrams } }: { readonly credits: PartyCredits }) {
  const { household: text } = useText();
  if (losses.length === 0 && BigInt(standInGrams) === 0n) return null;
  return (
    <section>
      <h4>{text.losses}</h4>
      <dl className="pairs">
        {losses.map((loss) => (
          <div key={`${loss.reversal}/${loss.parcelCode}/${loss.year}`}>
            <dt>
              {text.lossOf[loss.kind]} {loss.day}
              <br />
              <span className="small">
                {loss.parcelCode} · {text.yearGrew} {loss.year}
              </span>
            </dt>
            <dd>
              <b>
                −{kg(loss.lostGrams)} {text.coin}
              </b>
              {BigInt(loss.owedGrams) > 0n && (
                <span className="soft small">
                  <br />
                  {text.lossSold} {kg(loss.owedGrams)} {text.coin}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {BigInt(standInGrams) > 0n && (
        <p className="soft small">
          {text.standIn} {kg(standInGrams)} {text.coin}
        </p>
      )}
    </section>
  );
}

function Differences() {
  const { household: text } = useText();
  return (
    <details className="details">
      <summary>{text.whyDifferent}</summary>
      <ul>
        {text.whyDifferentText.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
