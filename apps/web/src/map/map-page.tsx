import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';

import { api, path } from '../api/client';
import type { MappedVillage } from '../api/map-types';
import type { Page } from '../api/types';
import { WithBook } from '../app/books';
import { Gate } from '../app/gate';
import { PageHead } from '../app/layout';
import { Empty, Shown } from '../ui/states';
import { useText } from '../text/text';
import { Village } from './village';
import './map.css';

/** The parcels of a village as they lie, for staff of the place. */
export default function MapPage() {
  const { map: text } = useText();
  return (
    <Gate kind="staff">
      {() => (
        <WithBook>
          {({ code }, picker) => (
            <>
              <PageHead title={text.title} lead={text.lead} aside={picker} />
              <Villages key={code} book={code} />
            </>
          )}
        </WithBook>
      )}
    </Gate>
  );
}

function Villages({ book }: { readonly book: string }) {
  const { map: text } = useText();
  const [chosen, choose] = useState<string>();
  const id = useId();
  const villages = useQuery({
    queryKey: ['village-maps', book],
    queryFn: () => api.get<Page<MappedVillage>>(path`/books/${book}/village-maps`),
  });
  return (
    <Shown query={villages}>
      {({ items }) => {
        const village = items.find((one) => one.village === chosen) ?? items[0];
        if (!village) return <Empty>{text.none}</Empty>;
        return (
          <div className="stack">
            <div className="field map-village">
              <label className="field-label" htmlFor={id}>
                {text.village}
              </label>
              <select
                id={id}
                className="input"
                value={village.village}
                onChange={(event) => choose(event.target.value)}
              >
                {items.map((one) => (
                  <option key={one.village} value={one.village}>
                    {one.name ?? one.village} · {text.shapes(String(one.shapes), String(one.parcels))}
                  </option>
                ))}
              </select>
            </div>
            <Village key={village.village} book={book} village={village} />
          </div>
        );
      }}
    </Shown>
  );
}
