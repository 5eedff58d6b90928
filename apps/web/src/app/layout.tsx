import { Link, NavLink, Outlet } from 'react-router';

import { Button } from '../ui/button';
import { Mark } from '../ui/mark';
import { useLanguageSwitch, useText } from '../text/text';
import { useMe, useSignOut, useToken } from './session';
import './layout.css';

/** Simple drawings for the tabs of a phone, on a grid of 24. */
const TABS = [
  { to: '/', key: 'home', icon: 'M4 11.5 12 5l8 6.5M6.5 10v9h11v-9' },
  { to: '/household', key: 'household', icon: 'M12 3 6 12h3l-4 6h14l-4-6h3zM12 18v3' },
  { to: '/bureau', key: 'bureau', icon: 'M5 4h14v16H5zM8.5 9h7M8.5 13h7M12.5 16.5h3' },
  { to: '/registry', key: 'registry', icon: 'M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14' },
  { to: '/buyer', key: 'buyer', icon: 'M4 7h16v11H4zM4 11h16M7.5 15h4' },
  { to: '/verify', key: 'verify', icon: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20' },
] as const;

export function Layout() {
  const { common } = useText();
  return (
    <>
      <header className="top">
        <div className="top-row">
          <Link to="/" className="brand">
            <Mark />
            {common.brand}
          </Link>
          <Tabs />
          <Tools />
        </div>
      </header>
      <main className="main" id="main">
        <Outlet />
      </main>
      <footer className="foot">{common.footer}</footer>
    </>
  );
}

function Tabs() {
  const { common } = useText();
  return (
    <nav className="tabs no-print" aria-label={common.navLabel}>
      {TABS.map(({ to, key, icon }) => (
        <NavLink key={to} to={to} end={to === '/'} className="tab">
          <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
            <path d={icon} strokeLinecap="round" strokeLinejoin="round" />
          </svg>
          {common.nav[key]}
        </NavLink>
      ))}
    </nav>
  );
}

function Tools() {
  const { common } = useText();
  const changeLanguage = useLanguageSwitch();
  const token = useToken();
  const me = useMe();
  const signOut = useSignOut();
  return (
    <div className="top-tools">
      <Button look="quiet" size="small" onClick={changeLanguage} aria-label={common.switchLanguageLabel}>
        {common.switchLanguage}
      </Button>
      {token === null ? (
        <Link to="/signin" className="button button-quiet button-small">
          {common.signIn}
        </Link>
      ) : (
        <>
          {me.data && <span className="who">{me.data.displayName}</span>}
          <Button look="quiet" size="small" busy={signOut.isPending} onClick={() => signOut.mutate()}>
            {common.signOut}
          </Button>
        </>
      )}
    </div>
  );
}

/** The head of a page: its name, one sentence, and on the right what it is about. */
export function PageHead(props: {
  readonly title: string;
  readonly lead?: string;
  readonly aside?: React.ReactNode;
}) {
  return (
    <div className="page-head">
      <div>
        <h1>{props.title}</h1>
        {props.lead && <p>{props.lead}</p>}
      </div>
      {props.aside}
    </div>
  );
}
