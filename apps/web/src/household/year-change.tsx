import { useText } from '../text/text';
import { mu, percent, yuan } from '../ui/format';
import { yearChangeOf, type ParcelChange, type YearLine } from './year-change.rules';

/** 和去年比差在哪: by how much, and for each parcel why. */
export function YearChangeNote({ lines }: { readonly lines: readonly YearLine[] }) {
  const { household: text } = useText();
  const change = yearChangeOf(lines);
  if (!change) return null;
  const { differenceFen, last, before, parcels } = change;
  const told =
    differenceFen > 0n
      ? text.yearMore(yuan(differenceFen))
      : differenceFen < 0n
        ? text.yearLess(yuan(-differenceFen))
        : text.yearSame;
  return (
    <details className="details">
      <summary>
        {text.yearChange}：{told}
      </summary>
      <p className="soft small">{text.yearBoth(String(last), String(before))}</p>
      <dl className="pairs">
        {parcels.map((parcel) => (
          <div key={parcel.parcelCode}>
            <dt>{parcel.parcelCode}</dt>
            <dd>
              <Why change={parcel} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Why({ change: { before, after } }: { readonly change: ParcelChange }) {
  const { household: text } = useText();
  if (!before) return text.newParcel;
  if (!after) return text.goneParcel;
  const reasons = [
    before.areaMu100 !== after.areaMu100 && text.areaChanged(mu(before.areaMu100), mu(after.areaMu100)),
    before.fenPerMu !== after.fenPerMu && text.standardChanged(yuan(before.fenPerMu), yuan(after.fenPerMu)),
    before.deductionFenPerMu !== after.deductionFenPerMu &&
      text.deductionChanged(yuan(before.deductionFenPerMu), yuan(after.deductionFenPerMu)),
    before.qualityPpm !== after.qualityPpm &&
      text.qualityChanged(percent(before.qualityPpm), percent(after.qualityPpm)),
  ].filter((reason) => reason !== false);
  if (reasons.length > 0) return reasons.join('；');
  return before.amountFen === after.amountFen ? text.unchanged : text.shareChanged;
}
