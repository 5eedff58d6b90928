import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import { api, path } from '../api/client';
import type { VerifiedCertificate } from '../api/public-types';
import { PageHead } from '../app/layout';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Shown } from '../ui/states';
import { Certificate } from './certificate';
import { Speak } from './speak';
import './verify.css';

export default function VerifyPage() {
  const { verify: text } = useText();
  const { number } = useParams();
  return (
    <div className="stack-wide">
      <div className="no-print">
        <PageHead title={text.title} lead={text.lead} />
        <NumberForm key={number} number={number ?? ''} />
        <Link className="button button-quiet button-usual" to="/proof">
          {text.toProof} →
        </Link>
      </div>
      {number && <Verified number={number} />}
    </div>
  );
}

function NumberForm({ number }: { readonly number: string }) {
  const { verify: text } = useText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(number);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate(`/verify/${encodeURIComponent(typed.trim())}`);
  };
  return (
    <form className="sheet stack" onSubmit={submit}>
      <Field
        label={text.number}
        hint={text.numberHint}
        name="number"
        required
        maxLength={64}
        autoComplete="off"
        autoCapitalize="characters"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div>
        <Button type="submit" look="main">
          {text.check}
        </Button>
      </div>
    </form>
  );
}

function Verified({ number }: { readonly number: string }) {
  const { verify: text } = useText();
  const certificate = useQuery({
    queryKey: ['certificate', number],
    queryFn: () => api.get<VerifiedCertificate>(path`/public/certificates/${number}`),
  });
  return (
    <Shown query={certificate}>
      {(found) => (
        <>
          <div className={found.intact ? 'note verdict no-print' : 'note note-bad verdict'} role="status">
            {found.intact ? `✓ ${text.genuine}` : text.broken}
          </div>
          <Certificate certificate={found} />
          <Speak certificate={found} />
        </>
      )}
    </Shown>
  );
}
