import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { api, path } from '../api/client';
import type { Product, Quote } from '../api/card-types';
import { useText } from '../text/text';
import { Bar, Legend } from '../ui/bar';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { gramsOf, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { ProblemNote } from '../ui/states';

interface Props {
  readonly book: string;
  readonly product: Product;
  readonly quote: Quote | undefined;
  readonly onQuote: (quote: Quote | undefined) => void;
}

/** The price, and what becomes of every fen of it, before anything is bought. */
export function QuoteForm({ book, product, quote, onQuote }: Props) {
  const { buyer: text, common } = useText();
  const [amount, setAmount] = useState('');
  const [isWrong, setWrong] = useState(false);
  const ask = useMutation({
    mutationFn: (grams: string) =>
      api.post<Quote>(path`/books/${book}/card-quotes`, { product: product.code, grams }),
    onSuccess: onQuote,
    onError: () => onQuote(undefined),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const grams = gramsOf(amount);
    setWrong(grams === undefined);
    if (grams !== undefined) ask.mutate(grams);
  };
  const change = (value: string) => {
    setAmount(value);
    onQuote(undefined);
  };
  return (
    <Sheet title={text.quoteTitle}>
      <form className="stack" onSubmit={submit} noValidate>
        <Field
          label={text.howMuch}
          unit={common.kg}
          inputMode="decimal"
          name="kg"
          error={isWrong ? text.kgInvalid : undefined}
          value={amount}
          onChange={(event) => change(event.target.value)}
        />
        {ask.isError && <ProblemNote error={ask.error} />}
        {quote ? (
          <Split quote={quote} />
        ) : (
          <div>
            <Button type="submit" look="main" busy={ask.isPending}>
              {text.askPrice}
            </Button>
          </div>
        )}
      </form>
    </Sheet>
  );
}

function Split({ quote }: { readonly quote: Quote }) {
  const { buyer: text, common } = useText();
  const { splitPreview: split } = quote;
  const parts = [
    { name: text.suppliers, amount: split.suppliersFen, colour: 'var(--bar-paid)' },
    { name: text.afforestation, amount: split.afforestationFen, colour: 'var(--bar-free)' },
    { name: text.fee, amount: split.feeFen, colour: 'var(--bar-frozen)' },
    { name: text.tax, amount: split.taxFen, colour: 'var(--bar-sky)' },
    { name: text.channel, amount: split.channelFen, colour: 'var(--bar-quiet)' },
  ];
  return (
    <>
      <div>
        <div className="soft">{text.amount}</div>
        <span className="to-pay">{yuan(quote.amountFen)}</span> <span className="soft">{common.yuan}</span>
      </div>
      <div className="stack">
        <h3>{text.whereMoney}</h3>
        <Bar thick label={text.whereMoney} parts={parts} whole={quote.amountFen} />
        <Legend
          items={parts.map(({ amount, ...part }) => ({ ...part, value: `${yuan(amount)} ${common.yuan}` }))}
        />
        <p className="soft small">{text.ruleSource(quote.splitRule.source)}</p>
      </div>
    </>
  );
}
