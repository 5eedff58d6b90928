import type { HeldLand, MyLand } from '../api/household-types';
import { useText, word } from '../text/text';
import { mu, percent, sum } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty } from '../ui/states';
import { Tag } from '../ui/tag';

export function LandSheet({ land }: { readonly land: MyLand }) {
  const { household: text, common } = useText();
  const areas = new Map(land.items.map(({ parcel }) => [parcel.id, parcel.areaMu100]));
  return (
    <Sheet
      title={text.land}
      lead={text.landLead(land.day)}
      aside={
        areas.size > 0 && (
          <strong>
            {text.landTotal} {mu(sum(...areas.values()))} {common.mu}
          </strong>
        )
      }
    >
      {land.items.length === 0 ? (
        <Empty>{text.noLand}</Empty>
      ) : (
        <ul className="parcels">
          {land.items.map((item) => (
            <Parcel key={`${item.parcel.id}/${item.right.kind}/${item.party}`} item={item} />
          ))}
        </ul>
      )}
    </Sheet>
  );
}

function Parcel({ item: { parcel, right, villageName } }: { readonly item: HeldLand }) {
  const { household: text, common, words } = useText();
  const kind = [word(words.forestClass, parcel.forestClass), word(words.ageGroup, parcel.ageGroup)].join(
    ' · ',
  );
  return (
    <li className="parcel">
      <div className="head-row">
        <strong>
          {parcel.code}
          {villageName && <span className="soft"> · {villageName}</span>}
        </strong>
        <Tag tone={parcel.isPayable ? 'good' : 'plain'}>
          {parcel.isPayable ? text.payable : text.notPayable}
        </Tag>
      </div>
      <dl className="pairs">
        <div>
          <dt>{text.area}</dt>
          <dd>
            <b>{mu(parcel.areaMu100)}</b> {common.mu} · {kind}
          </dd>
        </div>
        <div>
          <dt>{text.right}</dt>
          <dd>
            {word(words.right, right.kind)} · {text.share(percent(right.sharePpm))}
          </dd>
        </div>
        <div>
          <dt>{text.certificate}</dt>
          <dd>{parcel.certificateNo ?? text.noCertificate}</dd>
        </div>
      </dl>
      <span className="soft small">
        {word(words.level, parcel.publicWelfareLevel)}
        {parcel.scopeDecision && ` · ${parcel.scopeDecision}`}
      </span>
      {!parcel.isPayable && (
        <p className="small">{parcel.rightRegistered ? text.whyNotScope : text.whyNotRegistered}</p>
      )}
    </li>
  );
}
