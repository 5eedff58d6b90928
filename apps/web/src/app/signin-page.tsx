import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

import { api } from '../api/client';
import { writeToken } from '../api/token';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { ProblemNote } from '../ui/states';
import { useText } from '../text/text';

interface Opened {
  readonly token: string;
}

/** Only an address of these pages: a link from outside must not send a signed-in person elsewhere. */
const safeNext = (next: string | null, fallback: string): string =>
  next && /^\/(?![/\\])/.test(next) ? next : fallback;

export default function SignInPage() {
  const { signIn: text } = useText();
  const [search] = useSearchParams();
  const [way, setWay] = useState<'person' | 'staff'>(search.get('way') === 'staff' ? 'staff' : 'person');
  return (
    <div className="narrow">
      <section className="sheet">
        <div className="sheet-head">
          <h1>{text.title}</h1>
        </div>
        <div className="signin-ways">
          <button type="button" aria-pressed={way === 'person'} onClick={() => setWay('person')}>
            {text.byPhone}
          </button>
          <button type="button" aria-pressed={way === 'staff'} onClick={() => setWay('staff')}>
            {text.byPassword}
          </button>
        </div>
        {way === 'person' ? <ByPhone /> : <ByPassword />}
      </section>
    </div>
  );
}

function useEnter(fallback: string) {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return ({ token }: Opened) => {
    writeToken(token);
    void navigate(safeNext(search.get('next'), fallback), { replace: true });
  };
}

function ByPassword() {
  const { signIn: text } = useText();
  const enter = useEnter('/bureau');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => api.post<Opened>('/sessions', { user, password }),
    onSuccess: enter,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p className="soft">{text.passwordLead}</p>
      <Field
        label={text.user}
        name="user"
        autoComplete="username"
        autoCapitalize="none"
        required
        value={user}
        onChange={(event) => setUser(event.target.value)}
      />
      <Field
        label={text.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {signIn.isError && <ProblemNote error={signIn.error} />}
      <Button type="submit" look="main" size="wide" busy={signIn.isPending}>
        {text.enter}
      </Button>
    </form>
  );
}

function ByPhone() {
  const { signIn: text } = useText();
  const enter = useEnter('/household');
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const send = useMutation({ mutationFn: () => api.post('/one-time-codes', { phone: phone.trim() }) });
  const signIn = useMutation({
    mutationFn: () => api.post<Opened>('/sessions/by-code', { phone: phone.trim(), code: code.trim() }),
    onSuccess: enter,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (send.isSuccess) signIn.mutate();
    else send.mutate();
  };
  const error = signIn.error ?? send.error;
  return (
    <form className="stack" onSubmit={submit}>
      <p className="soft">{text.phoneLead}</p>
      <Field
        label={text.phone}
        hint={text.phoneHint}
        name="phone"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        required
        value={phone}
        onChange={(event) => setPhone(event.target.value)}
      />
      {send.isSuccess && (
        <>
          <div className="note" role="status">
            <p>{text.codeSent}</p>
            <p className="small">{text.development}</p>
          </div>
          <Field
            label={text.code}
            hint={text.codeHint}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9]{6}"
            maxLength={6}
            required
            autoFocus
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </>
      )}
      {error !== null && <ProblemNote error={error} />}
      <Button type="submit" look="main" size="wide" busy={send.isPending || signIn.isPending}>
        {send.isSuccess ? text.enter : text.sendCode}
      </Button>
      {send.isSuccess && (
        <Button look="quiet" onClick={() => send.mutate()} busy={send.isPending}>
          {text.again}
        </Button>
      )}
    </form>
  );
}
