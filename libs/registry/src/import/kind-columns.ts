import { CONSENT_COLUMNS } from './consents.loader';
import type { ImportKind } from './import-kind';
import { PARCEL_COLUMNS } from './parcels.loader';
import { PARTY_COLUMNS } from './parties.loader';
import type { Columns } from './read-rows';
import { RIGHT_COLUMNS } from './rights.loader';

/** The columns of each kind of file, in their order, each with how it is read. */
export const KIND_COLUMNS: Readonly<Record<ImportKind, Columns>> = {
  parties: PARTY_COLUMNS,
  parcels: PARCEL_COLUMNS,
  rights: RIGHT_COLUMNS,
  consents: CONSENT_COLUMNS,
};
