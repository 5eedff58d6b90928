import { WithBook } from '../app/books';
import { PageHead } from '../app/layout';
import { useMe } from '../app/session';
import { useText } from '../text/text';
import { MyCards } from './my-cards';
import { Shop } from './shop';
import './buyer.css';

/** Open to all up to the order: the price and where it goes are no secret of those who signed in. */
export default function BuyerPage() {
  const { buyer: text } = useText();
  const me = useMe();
  const isBuyer = me.data?.kind === 'person';
  return (
    <WithBook>
      {({ code }, picker) => (
        <>
          <PageHead title={text.title} lead={text.lead} aside={picker} />
          <div className={isBuyer ? 'columns' : 'stack-wide'} key={code}>
            <Shop book={code} isBuyer={isBuyer} />
            {isBuyer && <MyCards book={code} />}
          </div>
        </>
      )}
    </WithBook>
  );
}
