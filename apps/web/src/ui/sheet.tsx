import { useId, type ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly lead?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled piece of paper. */
export function Sheet({ title, lead, aside, children }: Props) {
  const id = useId();
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        {aside}
        {lead && <p>{lead}</p>}
      </div>
      {children}
    </section>
  );
}
