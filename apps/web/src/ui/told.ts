import { percent } from './format';

type Language = 'zh' | 'en';
type Names = Readonly<Record<string, string>>;

/** A fact of a refusal in words: a value, a list, a share somebody holds, a parcel and what changed of it. */
export function told(value: unknown, names: Names, language: Language): string {
  const join = language === 'zh' ? '、' : ', ';
  if (Array.isArray(value)) return value.map((one) => told(one, names, language)).join(join);
  if (typeof value !== 'object' || value === null) return names[String(value)] ?? String(value);
  if (hasTexts(value, language)) return value[language];
  if ('externalNo' in value && 'sharePpm' in value) {
    return `${String(value.externalNo)} ${percent(String(value.sharePpm))} %`;
  }
  if ('parcel' in value) {
    const changed = 'changed' in value ? told(value.changed, names, language) : '';
    return changed ? `${String(value.parcel)} (${changed})` : String(value.parcel);
  }
  return '';
}

/** One thing to mend: the row and field, and what would be right there. */
export function faultSaid(fault: unknown, language: Language): string | undefined {
  if (typeof fault !== 'object' || fault === null) return undefined;
  const { row, field, problem, expected } = fault as Record<string, unknown>;
  const right = typeof problem === 'string' ? problem : told(expected ?? '', {}, language);
  const where = [row, field].filter((part) => typeof part === 'number' || typeof part === 'string');
  return right === '' ? undefined : `${where.join(' ')}: ${right}`;
}

const hasTexts = (value: object, language: Language): value is Record<Language, string> =>
  language in value && typeof (value as Record<string, unknown>)[language] === 'string';
