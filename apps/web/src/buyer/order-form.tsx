import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';

import { api, path } from '../api/client';
import type { Order, Quote } from '../api/card-types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Sheet } from '../ui/sheet';
import { ProblemNote } from '../ui/states';

interface Props {
  readonly book: string;
  readonly quote: Quote;
  readonly onPlaced: (order: Order) => void;
}

/** Not crypto.randomUUID: an office network serves the pages over plain http, where browsers withhold it. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export function OrderForm({ book, quote, onPlaced }: Props) {
  const { buyer: text } = useText();
  const queries = useQueryClient();
  const [buyerName, setBuyerName] = useState('');
  const [cardNumber, setCardNumber] = useState('');
  const [isUnderstood, setUnderstood] = useState(false);
  const { product, grams } = quote;
  const body = { product, grams, cardNumber: cardNumber.trim(), buyerName: buyerName.trim() };
  // Pressing twice, or again after the line broke, is the same order; other content is another one.
  const sent = useRef({ body: '', key: '' });
  const keyOf = (content: string): string => {
    if (sent.current.body !== content) sent.current = { body: content, key: newKey() };
    return sent.current.key;
  };
  const place = useMutation({
    mutationFn: () =>
      api.post<Order>(path`/books/${book}/card-orders`, body, {
        'idempotency-key': keyOf(JSON.stringify(body)),
      }),
    onSuccess: async (order) => {
      await queries.invalidateQueries({ queryKey: ['my', book] });
      onPlaced(order);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    place.mutate();
  };
  return (
    <Sheet title={text.orderTitle}>
      <form className="stack" onSubmit={submit}>
        <Field
          label={text.name}
          hint={text.nameHint}
          name="buyerName"
          required
          maxLength={60}
          autoComplete="name"
          value={buyerName}
          onChange={(event) => setBuyerName(event.target.value)}
        />
        <Field
          label={text.card}
          hint={text.cardHint}
          name="cardNumber"
          required
          maxLength={40}
          inputMode="numeric"
          autoComplete="off"
          value={cardNumber}
          onChange={(event) => setCardNumber(event.target.value)}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={isUnderstood}
            onChange={(event) => setUnderstood(event.target.checked)}
          />
          <span>{text.understand}</span>
        </label>
        {place.isError && <ProblemNote error={place.error} />}
        <Button type="submit" look="main" size="wide" disabled={!isUnderstood} busy={place.isPending}>
          {text.place}
        </Button>
      </form>
    </Sheet>
  );
}
