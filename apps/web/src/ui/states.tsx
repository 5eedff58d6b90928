import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { Problem } from '../api/client';
import { useText } from '../text/text';
import { EmptyPage } from './mark';
import { faultSaid, told } from './told';

export function Loading() {
  const { common } = useText();
  return <div className="loading" role="status" aria-label={common.loading} />;
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return (
    <div className="empty">
      <EmptyPage />
      {children}
    </div>
  );
}

/** Says what was refused, what to do, and the facts the server gave: which field, how much is missing. */
export function ProblemNote({ error }: { readonly error: unknown }) {
  const text = useText();
  const { problems } = text;
  const problem = error instanceof Problem ? error : new Problem(0, 'INTERNAL', '', {});
  const own = text.language === 'en' ? problem.detail : '';
  const sentence = problems.byCode[problem.code] ?? (own || problems.unknown);
  const isMild = problem.status === 403 || problem.status === 404;
  return (
    <div className={isMild ? 'note note-wait' : 'note note-bad'} role="alert">
      <h3>{problems.what}</h3>
      <p>{sentence}</p>
      <Facts problem={problem} />
    </div>
  );
}

function Facts({ problem }: { readonly problem: Problem }) {
  const { problems, words, language } = useText();
  const names = { ...words.post, ...problems.states };
  const shown = Object.entries(problem.facts)
    .filter(([name, value]) => name in problems.factNames && value !== null && value !== '')
    .map(([name, value]) => [problems.factNames[name], told(value, names, language)] as const);
  return (
    <dl className="facts">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {fieldErrors(problem.facts, language).map((line) => (
        <div key={line}>
          <dd>{line}</dd>
        </div>
      ))}
      <div>
        <dt>{problems.code}</dt>
        <dd>
          <code>{problem.code}</code>
        </dd>
      </div>
    </dl>
  );
}

function fieldErrors(facts: Problem['facts'], language: 'zh' | 'en'): string[] {
  if (!Array.isArray(facts.errors)) return [];
  return facts.errors.slice(0, 5).flatMap((one: unknown) => faultSaid(one, language) ?? []);
}

interface Props<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** What a read shows while it loads, when it is refused, and when it is there. */
export function Shown<T>({ query, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  return query.isError ? <ProblemNote error={query.error} /> : <Loading />;
}
