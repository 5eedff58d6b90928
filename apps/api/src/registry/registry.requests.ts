import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

import {
  MAP_KEYS,
  MAP_PAGE_MAX,
  PARTY_EVENTS,
  PAYEE_REASONS,
  RIGHT_KINDS,
  RIGHT_ORDER_REASONS,
  type MapKey,
  type OrderedPayeeReason,
  type PartyEvent,
  type RightKind,
  type RightOrderReason,
} from '@app/registry';

export class ImportQuery {
  /** `true` checks the whole file and loads nothing. */
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}

const VILLAGE = /^\d{12}$/;

export class MapFileQuery extends ImportQuery {
  /** `code` matches features by the parcel's code (小班编号), `patch` by the patch number of the survey map (图斑号). */
  @IsOptional()
  @IsIn(MAP_KEYS)
  key?: MapKey;

  /** The field of the file that has it, when it is none of the usual names. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  field?: string;

  /** Only parcels of this village are meant: patch numbers begin anew in each. */
  @IsOptional()
  @Matches(VILLAGE, { message: 'village must be the code of a village, 12 digits' })
  village?: string;
}

export class VillageMapQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAP_PAGE_MAX)
  limit?: number;
}

export class PartiesQuery {
  /** A region code: only parties in it or below. */
  @IsOptional()
  @Matches(/^\d{2,12}$/, { message: 'region must be a region code' })
  region?: string;

  /** Part of a name, or a whole external number. Never an ID number or phone: addresses are logged. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  q?: string;

  /** What the page before gave as next. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class GuardQuery {
  /** The registry as of this day. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(/^(19|20|21)\d{2}-\d{2}-\d{2}$/, { message: 'day must be a day as 2026-03-01' })
  day?: string;
}

/** A party as of this day. */
export class PartyDayQuery extends GuardQuery {}

export class ExportQuery extends GuardQuery {
  /** A region code: only what lies in it or below. */
  @IsOptional()
  @Matches(/^\d{2,12}$/, { message: 'region must be a region code' })
  region?: string;

  /** `whole` shows ID numbers, phones and accounts of parties, as an import of them needs. */
  @IsOptional()
  @IsIn(['masked', 'whole'])
  personal?: 'masked' | 'whole';
}

export class GuardFindingsQuery extends GuardQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @IsString()
  @Length(1, 300)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class BankAccountRequest {
  @IsString()
  @Length(1, 100)
  bank: string;

  /** 8 to 30 digits. */
  @IsString()
  @MaxLength(64)
  number: string;

  @IsString()
  @Length(1, 100)
  holderName: string;

  /** What was seen: a copy of the passbook, a letter of the bank. Without the number. */
  @IsString()
  @Length(4, 500)
  evidence: string;
}

export class ConsentRequest {
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'partyId must be a lower-case uuid' })
  partyId: string;

  /** "60" or "33.3333": the part of the party's sink that may be sold. */
  @IsString()
  @MaxLength(32)
  sharePercent: string;

  /** The last day, YYYY-MM-DD. */
  @IsString()
  @MaxLength(32)
  until: string;
}

class WantedShareRequest {
  @IsString()
  @Length(1, 64)
  partyExternalNo: string;

  /** "50" or "33.3333". */
  @IsString()
  @MaxLength(32)
  sharePercent: string;

  @Length(1, 200)
  documentNo: string;
}

export class RightOrderRequest {
  @IsString()
  @Length(1, 64)
  parcelCode: string;

  @IsIn(RIGHT_KINDS)
  kind: RightKind;

  /** The first day on which the new shares hold. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'from must be a day, YYYY-MM-DD' })
  from: string;

  /** Of a correction the last day it is about; it is open when left out. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'to must be a day, YYYY-MM-DD' })
  to?: string;

  @IsIn(RIGHT_ORDER_REASONS)
  reason: RightOrderReason;

  /** Who holds the right from then on; none when it ends. */
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => WantedShareRequest)
  shares: WantedShareRequest[];

  @Length(1, 500)
  evidence: string;
}

export class RightOrderDecisionRequest {
  /** Why it is rejected; it is approved when left out. */
  @IsOptional()
  @Length(1, 500)
  rejection?: string;
}

class PartyFactsRequest {
  /** Of the household that a split makes. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  externalNo?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(12)
  region?: string;

  @IsOptional()
  @IsString()
  @MaxLength(30)
  idNumber?: string;

  /** Null takes it away. */
  @IsOptional()
  @IsString()
  @MaxLength(30)
  phone?: string | null;
}

class MoveRequest {
  @IsString()
  @Length(1, 64)
  parcelCode: string;

  @IsIn(RIGHT_KINDS)
  kind: RightKind;

  /** Of a closed party's right; of a split's it is the new household. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  toExternalNo?: string;

  /** "50" or "33.3333" of the whole right; all that the party holds when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(32)
  sharePercent?: string;
}

export class PartyOrderRequest {
  @IsIn(PARTY_EVENTS)
  event: PartyEvent;

  @IsString()
  @Length(1, 64)
  partyExternalNo: string;

  /** The first day on which it is so. It is approved on that day or later. */
  @IsString()
  @MaxLength(32)
  day: string;

  /** The household that a merged one joins. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  intoExternalNo?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PartyFactsRequest)
  facts?: PartyFactsRequest;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => MoveRequest)
  moves?: MoveRequest[];

  /** The paper that the new shares cite. */
  @IsString()
  @Length(1, 200)
  documentNo: string;

  /** What was seen, and where it is kept. */
  @IsString()
  @Length(4, 500)
  evidence: string;
}

export class PayeeOrderRequest {
  /** Whose money it is. */
  @IsString()
  @Length(1, 64)
  partyExternalNo: string;

  /** Who is paid in its place; itself again when left out. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  payeeExternalNo?: string;

  @IsOptional()
  @IsIn(PAYEE_REASONS)
  reason?: OrderedPayeeReason;

  @IsString()
  @MaxLength(32)
  from: string;

  /** The last day; until another order when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(32)
  to?: string;

  @IsString()
  @Length(1, 200)
  documentNo: string;

  @IsString()
  @Length(4, 500)
  evidence: string;
}

/** Orders of a state, the newest first, a page at a time. */
export class OrdersPageQuery {
  @IsOptional()
  @IsIn(['proposed', 'approved', 'rejected'])
  state?: 'proposed' | 'approved' | 'rejected';

  /** What the page before gave as next. */
  @IsOptional()
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'cursor must be a lower-case uuid' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class RightOrdersQuery {
  @IsOptional()
  @IsIn(['proposed', 'approved', 'rejected'])
  state?: 'proposed' | 'approved' | 'rejected';
}
