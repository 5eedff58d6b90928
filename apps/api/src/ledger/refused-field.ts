import { refuse, type Refusal, type Result } from '@app/kernel';
import type { EntryDraft } from '@app/ledger';
import { unwrap } from '../http';

/** Which field of the request the book's state refused: a JSON pointer, as for what is malformed. */
export function postedOrRefused<T, R extends Refusal>(result: Result<T, R>, draft: Asked, at = ''): T {
  return result.ok ? result.value : unwrap(pointed(result.reason, draft, at));
}

/** The refusal with its pointer, where one field is to blame. */
export function pointed(reason: Refusal, draft: Asked, at = ''): ReturnType<typeof refuse> {
  const field = fieldOf(reason as Facts, draft);
  return refuse(field === undefined ? reason : { ...reason, pointer: `${at}${field}` });
}

/** What a body has; another batch, or a reversal in place of an entry, is no field of it. */
const FIELDS = ['kind', 'postings', 'reference', 'memo', 'effectiveAt', 'conditions'];

type Asked = Pick<EntryDraft, 'legs' | 'conditions'>;

interface Facts extends Refusal {
  readonly account?: unknown;
  readonly asset?: unknown;
  readonly condition?: unknown;
  readonly field?: unknown;
}

function fieldOf(reason: Facts, { legs, conditions = [] }: Asked): string | undefined {
  switch (reason.code) {
    case 'CONDITION_FAILED':
      return `/conditions/${String(reason.condition)}`;
    case 'EFFECTIVE_IN_FUTURE':
    case 'PERIOD_CLOSED':
      return '/effectiveAt';
    case 'ENTRY_UNBALANCED':
      return '/postings';
    case 'KEY_REUSED':
      return FIELDS.includes(String(reason.field)) ? `/${String(reason.field)}` : undefined;
    case 'KIND_NOT_ALLOWED':
    case 'KIND_UNKNOWN':
      return '/kind';
    default:
      return placeOf(reason, 'postings', legs) ?? placeOf(reason, 'conditions', conditions);
  }
}

/** The first of a list that names the account, or the asset when the asset itself is unknown. */
function placeOf(
  { account, asset }: Facts,
  list: 'postings' | 'conditions',
  items: readonly { readonly path: string; readonly asset: string }[],
): string | undefined {
  if (account === undefined && asset === undefined) return undefined;
  const index = items.findIndex(
    (item) =>
      (account === undefined || item.path === account) && (asset === undefined || item.asset === asset),
  );
  return index < 0 ? undefined : `/${list}/${index}/${account === undefined ? 'asset' : 'account'}`;
}
