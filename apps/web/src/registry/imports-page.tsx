import type { ImportKind } from '../api/registry-types';
import { WithBook } from '../app/books';
import { Gate } from '../app/gate';
import { PageHead } from '../app/layout';
import { holds } from '../app/session';
import { useText } from '../text/text';
import { ImportForm } from './import-form';
import { ImportHistory } from './import-history';
import { RegistryTabs } from './registry-tabs';
import './registry.css';

/** Who enters what: the server asks for the same posts. */
const IMPORTERS: Readonly<Record<ImportKind, readonly string[]>> = {
  parties: ['village-clerk', 'town-finance', 'forestry-handler', 'administrator'],
  parcels: ['forestry-handler', 'administrator'],
  rights: ['forestry-handler', 'administrator'],
  consents: ['village-clerk', 'town-finance', 'forestry-handler', 'credit-registrar', 'administrator'],
};
const KINDS = Object.keys(IMPORTERS) as ImportKind[];

/** Files of parties, parcels, rights and consents: checked first, then loaded. */
export default function ImportsPage() {
  const { registry } = useText();
  const text = registry.imports;
  return (
    <Gate kind="staff">
      {(me) => (
        <WithBook>
          {({ code }, picker) => {
            const kinds = KINDS.filter((kind) => IMPORTERS[kind].some((post) => holds(me, code, post)));
            return (
              <>
                <PageHead title={text.title} lead={text.lead} aside={picker} />
                <RegistryTabs />
                {kinds.length === 0 ? (
                  <div className="note note-wait">{text.noPost}</div>
                ) : (
                  <div className="stack-wide" key={code}>
                    <ImportForm book={code} kinds={kinds} />
                    <ImportHistory book={code} />
                  </div>
                )}
              </>
            );
          }}
        </WithBook>
      )}
    </Gate>
  );
}
