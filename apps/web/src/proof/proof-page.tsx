import { verifyBundle } from '@app/proof';
import { useState } from 'react';

import { PageHead } from '../app/layout';
import { useText } from '../text/text';
import { Field } from '../ui/field';
import { ProofInput } from './proof-input';
import { ProofVerdict } from './proof-verdict';
import './proof.css';

/** All of it happens in the page: nothing is asked of a server, so that nobody needs to believe ours. */
export default function ProofPage() {
  const { proof: text } = useText();
  const [key, setKey] = useState('');
  const [bundle, setBundle] = useState('');
  const isAsked = key.trim() !== '' && bundle.trim() !== '';
  return (
    <div className="stack-wide">
      <PageHead title={text.title} lead={text.lead} />
      <div className="sheet stack">
        <Field
          label={text.key}
          hint={text.keyHint}
          name="key"
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <ProofInput value={bundle} onChange={setBundle} />
        <p className="soft small">{text.offline}</p>
      </div>
      {isAsked && <ProofVerdict verdict={verifyBundle(bundle, key)} />}
      <p className="soft small">{text.means}</p>
    </div>
  );
}
