import type { ReactNode } from 'react';

export type Tone = 'plain' | 'good' | 'wait' | 'bad' | 'move';

export function Tag({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
