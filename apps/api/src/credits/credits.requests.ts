import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The year that is measured, by its first and its last day; the rest is the lib's to judge. */
export class PeriodRequest {
  @Matches(DAY, { message: 'from must be a day, YYYY-MM-DD' })
  from: string;

  @Matches(DAY, { message: 'to must be a day, YYYY-MM-DD' })
  to: string;

  /** County or township; the book's region when left out. */
  @IsOptional()
  @Matches(/^\d{6}(\d{3})?$/, { message: 'region must be a county of 6 digits or a township of 9' })
  region?: string;
}

export class RecheckRequest extends PeriodRequest {
  /** These parcels only; all that wait when left out. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  parcelCodes?: string[];

  /** Why they are rejected; they are confirmed when it is left out. */
  @IsOptional()
  @Length(1, 500)
  rejection?: string;
}

export class IssueRequest extends PeriodRequest {
  /** The document that decides the issuance. */
  @Length(1, 200)
  documentNo: string;
}
