import type { DrawnParcel } from '../api/map-types';
import { decimals, mu } from '../ui/format';
import { Tag } from '../ui/tag';
import { useText, word } from '../text/text';
import { apartOf, isFarApart } from './view.rules';

/** What is known of a parcel on the map. */
export function ParcelFacts({ parcel }: { readonly parcel: DrawnParcel }) {
  const { map: text, common, words } = useText();
  const apart = apartOf(parcel.areaMu100, parcel.mapAreaMu100);
  const pairs = [
    [text.code, parcel.code],
    [text.class, word(words.forestClass, parcel.forestClass)],
    [text.stated, `${mu(parcel.areaMu100)} ${common.mu}`],
    [text.onMap, `${mu(parcel.mapAreaMu100)} ${common.mu}`],
    [text.apart, `${apart > 0n ? '+' : ''}${decimals(apart, 2)}%`],
    [text.holders, text.parties(String(parcel.holders))],
  ] as const;
  return (
    <div className="stack">
      <dl className="pairs">
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {isFarApart(apart) && (
        <p>
          <Tag tone="wait">{text.farApart}</Tag>
        </p>
      )}
    </div>
  );
}
