import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
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
  PARTY_EVENTS,
  PAYEE_REASONS,
  RIGHT_KINDS,
  type OrderedPayeeReason,
  type PartyEvent,
  type RightKind,
} from '@app/registry';

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
