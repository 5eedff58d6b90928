import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';

import { api, path } from '../api/client';
import type { Catalogue, Order, Product, Quote, SplitRule } from '../api/card-types';
import { useText } from '../text/text';
import { kg, yuan } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Empty, Shown } from '../ui/states';
import { OrderForm } from './order-form';
import { PaymentSheet } from './payment-sheet';
import { QuoteForm } from './quote-form';
import { RuleSheet } from './rule-sheet';

interface Props {
  readonly book: string;
  readonly isBuyer: boolean;
}

/** Product → price and split → order → how to pay. */
export function Shop({ book, isBuyer }: Props) {
  const { buyer: text } = useText();
  const catalogue = useQuery({
    queryKey: ['products', book],
    queryFn: () => api.get<Catalogue>(path`/public/books/${book}/card-products`),
  });
  const [order, setOrder] = useState<Order>();
  if (order) return <PaymentSheet order={order} onAnother={() => setOrder(undefined)} />;
  return (
    <div className="stack-wide">
      <Shown query={catalogue}>
        {({ items, splitRule }) =>
          items.length === 0 ? (
            <Sheet title={text.products}>
              <Empty>{text.noProducts}</Empty>
            </Sheet>
          ) : (
            <Buying book={book} isBuyer={isBuyer} products={items} rule={splitRule} onPlaced={setOrder} />
          )
        }
      </Shown>
    </div>
  );
}

interface BuyingProps extends Props {
  readonly products: readonly Product[];
  readonly rule: SplitRule | null;
  readonly onPlaced: (order: Order) => void;
}

function Buying({ book, isBuyer, products, rule, onPlaced }: BuyingProps) {
  const { buyer: text } = useText();
  const [code, setCode] = useState(products[0]?.code);
  const [quote, setQuote] = useState<Quote>();
  const product = products.find((one) => one.code === code);
  const choose = (chosen: string) => {
    setCode(chosen);
    setQuote(undefined);
  };
  return (
    <>
      <Sheet title={text.products}>
        <div className="stack">
          {products.map((one) => (
            <ProductChoice key={one.code} product={one} isChosen={one.code === code} onChoose={choose} />
          ))}
        </div>
      </Sheet>
      {product && isBuyer && (
        <QuoteForm key={product.code} book={book} product={product} quote={quote} onQuote={setQuote} />
      )}
      {quote && isBuyer && <OrderForm book={book} quote={quote} onPlaced={onPlaced} />}
      {!isBuyer && rule && <RuleSheet rule={rule} />}
      {!isBuyer && <SignInFirst />}
    </>
  );
}

interface ChoiceProps {
  readonly product: Product;
  readonly isChosen: boolean;
  readonly onChoose: (code: string) => void;
}

function ProductChoice({ product, isChosen, onChoose }: ChoiceProps) {
  const { buyer: text, common } = useText();
  return (
    <label className="product">
      <span className="product-head">
        <input type="radio" name="product" checked={isChosen} onChange={() => onChoose(product.code)} />
        <span>
          <span className="product-name">{product.name}</span>
          <br />
          <span className="soft">{product.nameNote}</span>
        </span>
      </span>
      <span className="price">
        <span>
          {text.perKg} <b>{yuan(product.priceFenPerKg)}</b> {common.yuan}
        </span>
        <span className="soft">
          {text.range} {kg(product.leastGrams)} – {kg(product.mostGrams)} {common.kg}
        </span>
      </span>
      <span className="soft small">
        {text.windowDays(String(product.windowDays))}；{text.termDays(String(product.termDays))}。
        {text.gradeNote}
      </span>
    </label>
  );
}

function SignInFirst() {
  const { buyer: text } = useText();
  const here = useLocation();
  const query = new URLSearchParams({ way: 'person', next: here.pathname + here.search });
  return (
    <Link className="button button-main button-wide" to={`/signin?${query.toString()}`}>
      {text.signInFirst}
    </Link>
  );
}
