import { WithBook } from '../app/books';
import { Gate } from '../app/gate';
import { PageHead } from '../app/layout';
import { useText } from '../text/text';
import { Inbox } from './inbox';
import { RegistryTabs } from './registry-tabs';
import './registry.css';

/** Changes of the registry and of credits that wait for a second person. */
export default function RegistryPage() {
  const { registry: text } = useText();
  return (
    <Gate kind="staff">
      {(me) => (
        <WithBook>
          {({ code }, picker) => (
            <>
              <PageHead title={text.title} lead={text.lead} aside={picker} />
              <RegistryTabs />
              <Inbox key={code} book={code} me={me} />
            </>
          )}
        </WithBook>
      )}
    </Gate>
  );
}
