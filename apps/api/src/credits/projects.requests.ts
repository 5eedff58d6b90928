import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

import { PROJECT_KINDS, PROJECT_STATES, type ProjectKind, type ProjectState } from '@app/credits';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const COUNT = /^[1-9]\d{0,14}$/;
const CODE = /^[a-z0-9][a-z0-9-]{0,39}$/;
const BLOCK = /^[A-Z0-9][A-Z0-9-]{0,39}$/;

export class ProjectRequest {
  @Matches(CODE, { message: 'code has small letters, digits and dashes' })
  code: string;

  @Length(1, 100)
  name: string;

  @IsIn(PROJECT_KINDS)
  kind: ProjectKind;

  @Length(1, 100)
  methodology: string;

  @Length(1, 100)
  standard: string;

  /** An organisation among the parties of the book. */
  @Length(1, 64)
  ownerExternalNo: string;

  /** Hundredths of a mu. */
  @IsOptional()
  @Matches(COUNT, { message: 'targetMu100 must be a whole number above 0, as a text' })
  targetMu100?: string;
}

export class ProjectLandRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20_000)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  parcelCodes: string[];
}

export class DaysRequest {
  @Matches(DAY, { message: 'from must be a day, YYYY-MM-DD' })
  from: string;

  @Matches(DAY, { message: 'to must be a day, YYYY-MM-DD' })
  to: string;
}

export class UnitsRequest {
  @Matches(BLOCK, { message: 'block has capital letters, digits and dashes' })
  block: string;

  @Matches(COUNT, { message: 'first must be a whole number above 0, as a text' })
  first: string;

  @Matches(COUNT, { message: 'last must be a whole number above 0, as a text' })
  last: string;
}

export class ProjectStepRequest {
  @IsIn(PROJECT_STATES)
  to: ProjectState;

  @Matches(DAY, { message: 'day must be a day, YYYY-MM-DD' })
  day: string;

  @Length(1, 200)
  documentNo: string;

  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'documentSha256 has 64 hex digits' })
  documentSha256?: string;

  /** 计入期, when it is registered. */
  @IsOptional()
  @ValidateNested()
  @Type(() => DaysRequest)
  crediting?: DaysRequest;

  /** What was verified, when it is credited. */
  @IsOptional()
  @ValidateNested()
  @Type(() => DaysRequest)
  credited?: DaysRequest;

  /** The numbers of the national registry, when it is credited. */
  @IsOptional()
  @ValidateNested()
  @Type(() => UnitsRequest)
  units?: UnitsRequest;
}

export class ProjectTargetRequest {
  @IsIn(PROJECT_KINDS)
  kind: ProjectKind;

  @Matches(DAY, { message: 'validFrom must be a day, YYYY-MM-DD' })
  validFrom: string;

  @Matches(COUNT, { message: 'targetMu100 must be a whole number above 0, as a text' })
  targetMu100: string;

  @Length(1, 200)
  documentNo: string;
}

export class MirrorEventRequest {
  @IsIn(['transferred', 'retired'])
  kind: 'transferred' | 'retired';

  @ValidateNested()
  @Type(() => UnitsRequest)
  units: UnitsRequest;

  @Matches(DAY, { message: 'day must be a day, YYYY-MM-DD' })
  day: string;

  @Length(1, 200)
  documentNo: string;
}

export class PageQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}
