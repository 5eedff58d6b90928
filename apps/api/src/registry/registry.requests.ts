import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

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
