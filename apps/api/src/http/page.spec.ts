import { pageOf } from './page';

const idOf = ({ id }: { readonly id: string }): string => id;
const found = (...ids: readonly string[]) => ids.map((id) => ({ id }));

it('is the last page when no more was found than it shows', () => {
  expect(pageOf(found('a', 'b'), 2, idOf)).toEqual({ items: found('a', 'b'), next: null });
  expect(pageOf(found(), 2, idOf)).toEqual({ items: [], next: null });
});

it('tells where the next page begins when one more was found, and does not show that one', () => {
  expect(pageOf(found('a', 'b', 'c'), 2, idOf)).toEqual({ items: found('a', 'b'), next: 'b' });
});
