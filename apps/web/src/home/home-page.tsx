import { useState, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router';

import { NoBook, shortCode, useBooks, useBookTitles } from '../app/books';
import type { Book } from '../api/types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Sheet } from '../ui/sheet';
import { Shown } from '../ui/states';
import { Tag } from '../ui/tag';
import { Ridge } from './ridge';
import './home.css';

const WAYS = ['household', 'bureau', 'buyer'] as const;

export default function HomePage() {
  const { home } = useText();
  const books = useBooks();
  return (
    <div className="stack-wide">
      <section className="hero">
        <div className="hero-words">
          <h1>
            {home.title.split(/(?<=，)/).map((phrase) => (
              <span key={phrase}>{phrase}</span>
            ))}
          </h1>
          <p>{home.lead}</p>
        </div>
        <Ridge />
      </section>
      <nav className="ways" aria-label={home.enter}>
        {WAYS.map((way) => (
          <Link key={way} to={`/${way}`} className="way">
            <h2>{home.cards[way].title}</h2>
            <p>{home.cards[way].text}</p>
            <span className="way-go">{home.cards[way].go} →</span>
          </Link>
        ))}
      </nav>
      <div className="columns">
        <Shown query={books}>
          {({ items }) => (items.length === 0 ? <NoBook /> : <Books items={items} />)}
        </Shown>
        <VerifyBox />
      </div>
    </div>
  );
}

function Books({ items }: { readonly items: readonly Book[] }) {
  const { home, common } = useText();
  const titles = useBookTitles(items);
  return (
    <Sheet title={home.books} lead={home.booksLead}>
      <ul className="book-list">
        {[...items].reverse().map(({ code, mode }) => (
          <li key={code}>
            <span className="row">
              <strong>{titles.get(code)}</strong>
              <span className="soft small">{shortCode(code)}</span>
              <Tag tone={mode === 'live' ? 'good' : 'wait'}>
                {mode === 'live' ? common.live : common.rehearsal}
              </Tag>
            </span>
            <Link className="button button-quiet button-small" to={`/public/${code}`}>
              {home.openBook}
            </Link>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function VerifyBox() {
  const { home } = useText();
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate(`/verify/${encodeURIComponent(number.trim())}`);
  };
  return (
    <Sheet title={home.verifyTitle} lead={home.verifyLead}>
      <form className="stack" onSubmit={submit}>
        <Field
          label={home.number}
          name="number"
          placeholder="TH-XXXX-XXXX-XXXX-XXXX-X"
          autoCapitalize="characters"
          autoComplete="off"
          required
          maxLength={64}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <div>
          <Button type="submit" look="main">
            {home.verify}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
