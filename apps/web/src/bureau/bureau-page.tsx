import { Link } from 'react-router';

import { WithBook } from '../app/books';
import { Gate } from '../app/gate';
import { PageHead } from '../app/layout';
import { holds } from '../app/session';
import { useText } from '../text/text';
import { Batches } from './batches';
import { IdentityStrip } from './identity-strip';
import { PlanBatches } from './plan-batches';
import { Returns } from './returns';
import { Rosters } from './rosters';
import './bureau.css';

/** The desk of finance and forestry: what is owed, what is at the bank, what came back. */
export default function BureauPage() {
  const { bureau: text } = useText();
  return (
    <Gate kind="staff">
      {(me) => (
        <WithBook>
          {({ code }, picker) => (
            <>
              <PageHead title={text.title} lead={text.lead} aside={picker} />
              <p className="bureau-ways">
                <Link className="button button-small" to={`/map?book=${encodeURIComponent(code)}`}>
                  {text.toMap}
                </Link>
              </p>
              <div className="stack-wide" key={code}>
                <IdentityStrip book={code} />
                <PlanBatches book={code} mayPlan={holds(me, code, 'payout-centre')} />
                <Batches book={code} />
                <Returns
                  book={code}
                  mayCorrect={holds(me, code, 'town-finance')}
                  mayReissue={holds(me, code, 'payout-centre')}
                />
                <Rosters book={code} />
              </div>
            </>
          )}
        </WithBook>
      )}
    </Gate>
  );
}
