import { permille, type Count } from './format';

export interface Part {
  readonly name: string;
  readonly amount: Count | bigint;
  readonly colour: string;
}

interface Props {
  readonly label: string;
  readonly parts: readonly Part[];
  readonly whole: Count | bigint;
  readonly thick?: boolean;
}

/** A whole and its parts in one plain bar. Every part that is not nothing is at least a hair wide. */
export function Bar({ label, parts, whole, thick = false }: Props) {
  const widths = parts.map(({ amount }) => (BigInt(amount) > 0n ? Math.max(permille(amount, whole), 4) : 0));
  const starts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0));
  return (
    <svg
      className={thick ? 'bar bar-thick' : 'bar'}
      viewBox="0 0 1000 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {parts.map(({ name, colour }, index) => (
        <rect
          key={name}
          className="bar-part"
          x={starts[index]}
          y="0"
          width={widths[index]}
          height="10"
          style={{ fill: colour }}
        >
          <title>{name}</title>
        </rect>
      ))}
    </svg>
  );
}

interface LegendItem {
  readonly name: string;
  readonly colour: string;
  readonly value: string;
  readonly note?: string;
}

/** What the colours of a bar mean, with the numbers: nobody has to read a bar to know them. */
export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul className="legend">
      {items.map(({ name, colour, value, note }) => (
        <li key={name}>
          <span className="swatch" style={{ background: colour }} />
          <span>{name}</span>
          <strong className="nowrap">{value}</strong>
          {note && <span className="figure-note">{note}</span>}
        </li>
      ))}
    </ul>
  );
}
