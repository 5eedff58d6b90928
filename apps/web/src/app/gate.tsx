import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

import type { Me } from '../api/types';
import { Shown } from '../ui/states';
import { useText } from '../text/text';
import { useMe, useToken } from './session';

interface Props {
  readonly kind: 'staff' | 'person';
  readonly children: (me: Me) => ReactNode;
}

/** Shows the page to those it is for, and tells the others how to come in. */
export function Gate({ kind, children }: Props) {
  const { common } = useText();
  const token = useToken();
  const me = useMe();
  if (token === null) return <Closed kind={kind} note={common.gate[kind]} />;
  return (
    <Shown query={me}>
      {(who) =>
        who.kind === kind ? (
          children(who)
        ) : (
          <Closed kind={kind} note={kind === 'staff' ? common.gate.wrongStaff : common.gate.wrongPerson} />
        )
      }
    </Shown>
  );
}

function Closed({ kind, note }: { readonly kind: Props['kind']; readonly note: string }) {
  const { common } = useText();
  const here = useLocation();
  const query = new URLSearchParams({ way: kind, next: here.pathname + here.search });
  return (
    <section className="sheet stack narrow">
      <h2>{common.gate.title}</h2>
      <p>{note}</p>
      <Link className="button button-main button-wide" to={`/signin?${query.toString()}`}>
        {common.signIn}
      </Link>
    </section>
  );
}
