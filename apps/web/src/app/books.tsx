import { useQueries, useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';

import { api, path } from '../api/client';
import type { Book, Me, Page } from '../api/types';
import { Shown } from '../ui/states';
import { Tag } from '../ui/tag';
import { useText } from '../text/text';
import { useMe } from './session';

const KEY = 'tanhui.book';

export const useBooks = () =>
  useQuery({ queryKey: ['books'], queryFn: () => api.get<Page<Book>>('/public/books') });

/** The book of the address, else the one looked at last, else one the caller works in, else the newest. */
function chosen(books: readonly Book[], asked: string | null, me: Me | undefined): Book | undefined {
  const find = (code: string | null | undefined) => books.find((book) => book.code === code);
  const own = me?.assignments.map(({ book }) => find(book)).filter((book) => book !== undefined);
  return find(asked) ?? find(sessionStorage.getItem(KEY)) ?? own?.at(-1) ?? books.at(-1);
}

/**
 * A book's title with the name of its region for the code: 610924 演练账簿 → 紫阳县 演练账簿. Names that are still
 * being read, or cannot be, leave the title as it is.
 */
export function useBookTitles(books: readonly Book[]): ReadonlyMap<string, string> {
  const regions = [...new Set(books.map(({ region }) => region))];
  const found = useQueries({
    queries: regions.map((region) => ({
      queryKey: ['region', region],
      queryFn: () => api.get<{ name: string }>(path`/regions/${region}`),
      staleTime: Infinity,
    })),
  });
  const names = new Map(regions.map((region, index) => [region, found[index]?.data?.name ?? region]));
  return new Map(
    books.map(({ code, name, region }) => [code, name.replace(region, names.get(region) ?? region)]),
  );
}

/** What tells books of one title apart: the last part of the code. */
export const shortCode = (code: string): string => code.split('-').at(-1) ?? code;

/** Gives the page its book, or says that there is none and how to get one. */
export function WithBook({ children }: { readonly children: (book: Book, picker: ReactNode) => ReactNode }) {
  const books = useBooks();
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const pick = (code: string) => {
    sessionStorage.setItem(KEY, code);
    setSearch({ book: code }, { replace: true });
  };
  return (
    <Shown query={books}>
      {({ items }) => {
        const book = chosen(items, search.get('book'), me.data);
        if (!book) return <NoBook />;
        return children(book, <BookPicker books={items} book={book} onPick={pick} />);
      }}
    </Shown>
  );
}

export function NoBook() {
  const { common } = useText();
  return (
    <section className="sheet stack">
      <h2>{common.noBookTitle}</h2>
      <p>{common.noBook}</p>
      <pre className="command">
        <code>npm run demo</code>
      </pre>
    </section>
  );
}

interface PickerProps {
  readonly books: readonly Book[];
  readonly book: Book;
  readonly onPick: (code: string) => void;
}

function BookPicker({ books, book, onPick }: PickerProps) {
  const { common } = useText();
  const id = useId();
  const titles = useBookTitles(books);
  return (
    <div className="field book-picker">
      <div className="row spread">
        <label className="field-hint" htmlFor={id}>
          {common.book}
        </label>
        {book.mode === 'rehearsal' && <Tag tone="wait">{common.rehearsal}</Tag>}
      </div>
      <select id={id} className="input" value={book.code} onChange={(event) => onPick(event.target.value)}>
        {books.map(({ code }) => (
          <option key={code} value={code}>
            {titles.get(code)} · {shortCode(code)}
          </option>
        ))}
      </select>
    </div>
  );
}
