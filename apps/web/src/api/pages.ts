import { api } from './client';
import type { Page } from './types';

/** Far above what a county has; a server that never ends its list must not hang the page. */
const PAGES_MAX = 40;

/** All pages of a list, one after the other. `base` has no query yet or ends in its last parameter. */
export async function allPages<T>(base: string): Promise<readonly T[]> {
  const items: T[] = [];
  let address = base;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page = await api.get<Page<T>>(address);
    items.push(...page.items);
    if (!page.next) break;
    address = `${base}${base.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(page.next)}`;
  }
  return items;
}
