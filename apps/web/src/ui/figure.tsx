interface Props {
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
  readonly note?: string;
  /** A total is underlined twice, as in a ledger. */
  readonly total?: boolean;
}

/** A number with its unit and its name. */
export function Figure({ name, value, unit, note, total = false }: Props) {
  return (
    <div className={total ? 'figure figure-total' : 'figure'}>
      <span className="figure-name">{name}</span>
      <span>
        <span className="figure-sum">
          <span className="figure-value nowrap">{value}</span>
          {unit && <span className="figure-unit nowrap">{unit}</span>}
        </span>
      </span>
      {note && <span className="figure-note">{note}</span>}
    </div>
  );
}
