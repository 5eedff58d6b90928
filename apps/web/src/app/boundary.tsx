import { Component, type ReactNode } from 'react';
import { Link } from 'react-router';

import { Button } from '../ui/button';
import { useText } from '../text/text';

interface Props {
  readonly children: ReactNode;
}

/** Keeps a page that breaks from leaving a blank sheet. A part that no longer loads comes back by reloading. */
export class Boundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { common } = useText();
  return (
    <section className="sheet stack narrow">
      <h2>{common.broken}</h2>
      <p>{common.brokenNote}</p>
      <Button look="main" onClick={() => window.location.reload()}>
        {common.refresh}
      </Button>
    </section>
  );
}

export function PageUnknown() {
  const { common } = useText();
  return (
    <section className="sheet stack narrow">
      <h1>{common.pageUnknown}</h1>
      <p>{common.pageUnknownNote}</p>
      <Link className="button button-main" to="/">
        {common.toHome}
      </Link>
    </section>
  );
}
