import { eachOf, type ApiClient } from '../api-client';
import type { Village } from './county';

interface Region {
  readonly code: string;
  readonly name: string;
}

/** The county's real villages, as the product's own region tree has them. */
export async function readVillages(client: ApiClient, county: string): Promise<Village[]> {
  const { items: townships } = await client.get<{ items: Region[] }>(`/regions/${county}/children`);
  const villages = await eachOf(townships, 4, ({ code }) =>
    client.get<{ items: Region[] }>(`/regions/${code}/children`),
  );
  return villages.flatMap(({ items }) => items);
}
