import type { Principal } from '@app/identity';
import { registerRefusals, RefusalException } from '../http';

registerRefusals({
  PERSON_REQUIRED: { status: 403, detail: 'This page is for a person who signed in by their phone.' },
});

/** The blind index of the phone a person signed in with: the key to what is theirs. */
export function phoneIndexOf(principal: Principal): Buffer {
  if (principal.kind === 'person' && principal.phoneIndex) return principal.phoneIndex;
  throw new RefusalException({ code: 'PERSON_REQUIRED' });
}
