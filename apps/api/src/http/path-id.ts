import { isUuid, type Refusal } from '@app/kernel';
import { RefusalException } from './refusal';

const SHOWN = 64;

/** The id of the path. What is no id is nobody's: refused as an unknown one, shown at most 64 characters long. */
export function pathId<R extends Refusal>(id: string, unknown: (shown: string) => R): string {
  if (!isUuid(id)) throw new RefusalException(unknown(id.slice(0, SHOWN)));
  return id;
}
