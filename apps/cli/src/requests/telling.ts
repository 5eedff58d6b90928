const isSimple = (value: unknown): boolean => typeof value !== 'object' || value === null;
const textOf = (value: unknown): string => (value === null ? '–' : String(value));

/** An answer for a person to read: a line a fact, what lies inside another indented. */
export function linesOf(value: unknown, indent = ''): string[] {
  if (isSimple(value)) return [`${indent}${textOf(value)}`];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      const [first = '', ...rest] = linesOf(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value as object).flatMap(([name, inner]: [string, unknown]) => {
    if (isSimple(inner)) return [`${indent}${name}: ${textOf(inner)}`];
    const lines = linesOf(inner, `${indent}  `);
    return lines.length === 0 ? [`${indent}${name}: none`] : [`${indent}${name}:`, ...lines];
  });
}
