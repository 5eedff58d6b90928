import { NavLink } from 'react-router';

import { useText } from '../text/text';

export function RegistryTabs() {
  const { registry: text } = useText();
  return (
    <nav className="row registry-tabs" aria-label={text.title}>
      <NavLink to="/registry" end className="tab">
        {text.inbox}
      </NavLink>
      <NavLink to="/registry/imports" className="tab">
        {text.imports.title}
      </NavLink>
    </nav>
  );
}
