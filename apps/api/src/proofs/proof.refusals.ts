import type {
  CheckpointUnknown,
  ProveEntryRefusal,
  ProveEventRefusal,
  ProveRefusalRefusal,
  SizesWrong,
} from '@app/ledger';
import type { RefusalPresentation } from '../http';

type Code = (
  CheckpointUnknown | ProveEntryRefusal | ProveEventRefusal | ProveRefusalRefusal | SizesWrong
)['code'];

/** A new refusal of the proofs does not compile until it has a status here. */
export const PROOF_STATUS: Record<Code, RefusalPresentation> = {
  CHECKPOINT_UNKNOWN: { status: 404, detail: 'There is no checkpoint of this size.' },
  ENTRY_UNKNOWN: { status: 404, detail: 'There is no such entry in the book.' },
  EVENT_UNKNOWN: { status: 404, detail: 'There is no event of this number in the book.' },
  PROOF_BROKEN: {
    status: 409,
    detail: 'What is recorded is not what was sealed. Tell whoever audits the book, and change nothing.',
  },
  PROOF_PENDING: { status: 409, detail: 'No checkpoint covers it yet: ask again in a few seconds.' },
  PROOF_SIZES_WRONG: {
    status: 422,
    detail: 'Sizes go from 1 to the last checkpoint, the smaller one first.',
  },
  REFUSAL_UNKNOWN: { status: 404, detail: 'No such refusal was kept in the book.' },
};
