import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';

import { api, path } from '../api/client';
import type { DrawnParcel, MappedVillage, VillageMap } from '../api/map-types';
import { Legend } from '../ui/bar';
import { count } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Shown } from '../ui/states';
import { useText, word } from '../text/text';
import { colourOf } from './classes';
import { Drawing } from './drawing';
import { ParcelFacts } from './parcel-facts';

/** Far above what a village has. */
const PAGES_MAX = 20;

async function allOf(book: string, village: string): Promise<VillageMap> {
  const base = path`/books/${book}/village-maps/${village}`;
  const first = await api.get<VillageMap>(base);
  const parcels = [...first.parcels];
  let { next } = first;
  for (let pages = 1; next !== null && pages < PAGES_MAX; pages += 1) {
    const page = await api.get<VillageMap>(`${base}?cursor=${encodeURIComponent(next)}`);
    parcels.push(...page.parcels);
    next = page.next;
  }
  return { ...first, parcels, next };
}

export function Village({ book, village }: { readonly book: string; readonly village: MappedVillage }) {
  const map = useQuery({
    queryKey: ['village-map', book, village.village],
    queryFn: () => allOf(book, village.village),
  });
  return <Shown query={map}>{(drawn) => <Drawn name={village.name ?? village.village} map={drawn} />}</Shown>;
}

function Drawn({ name, map }: { readonly name: string; readonly map: VillageMap }) {
  const { map: text } = useText();
  const [code, choose] = useState<string>();
  const parcel = map.parcels.find((one) => one.code === code);
  const kilometres = (map.grid.metresWide / 1_000).toFixed(1);
  return (
    <div className="map-columns">
      <Sheet title={name} lead={text.sheet(count(map.parcels.length), kilometres)}>
        <Drawing map={map} chosen={parcel} onChoose={choose} />
      </Sheet>
      <div className="stack">
        <Sheet title={text.parcel}>
          <Choice parcels={map.parcels} chosen={code} onChoose={choose} />
          <div aria-live="polite">
            {parcel ? <ParcelFacts parcel={parcel} /> : <p className="soft">{text.choose}</p>}
          </div>
        </Sheet>
        <Sheet title={text.classes}>
          <Classes parcels={map.parcels} />
        </Sheet>
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly parcels: readonly DrawnParcel[];
  readonly chosen: string | undefined;
  readonly onChoose: (code: string) => void;
}

/** The same choice as on the map, for whoever has its code or no pointer. */
function Choice({ parcels, chosen, onChoose }: ChoiceProps) {
  const { map: text } = useText();
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {text.code}
      </label>
      <select
        id={id}
        className="input"
        value={chosen ?? ''}
        onChange={(event) => onChoose(event.target.value)}
      >
        <option value="">{text.noneChosen}</option>
        {parcels.map(({ code }) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </select>
    </div>
  );
}

function Classes({ parcels }: { readonly parcels: readonly DrawnParcel[] }) {
  const { map: text, words } = useText();
  const counts = new Map<string, number>();
  for (const { forestClass } of parcels) counts.set(forestClass, (counts.get(forestClass) ?? 0) + 1);
  return (
    <Legend
      items={[...counts].map(([forestClass, parcelsOfIt]) => ({
        name: word(words.forestClass, forestClass),
        colour: colourOf(forestClass),
        value: text.parcels(count(parcelsOfIt)),
      }))}
    />
  );
}
