import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';

import {
  LAND_ORDER_KINDS,
  ORDER_STATES,
  PARCEL_ORDER_REASONS,
  type LandOrderKind,
  type ParcelOrderReason,
  type WantedCells,
} from '@app/registry';

const CELLS_MAX = 60;
const CELL_LENGTH_MAX = 200;
const DAY = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;
const SHA256 = { message: 'evidenceSha256 must be 64 lower-case hex digits' };

/** Texts by the column of an import file. What each says is judged by its column. */
@ValidatorConstraint({ name: 'cells' })
class CellsConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const cells = Object.entries(value);
    return (
      cells.length <= CELLS_MAX &&
      cells.every(([, cell]) => typeof cell === 'string' && cell.length <= CELL_LENGTH_MAX)
    );
  }

  defaultMessage(): string {
    return `$property must be an object of at most ${CELLS_MAX} texts by column, each of at most ${CELL_LENGTH_MAX} characters`;
  }
}

class EvidenceRequest {
  /** The first day on which it holds. */
  @Matches(DAY, { message: 'from must be a day, YYYY-MM-DD' })
  from: string;

  /** The paper it rests on, and where it is kept. */
  @Length(1, 500)
  evidence: string;

  /** Of the file of the paper, so that another file cannot take its place. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, SHA256)
  evidenceSha256?: string;
}

export class ParcelOrderRequest extends EvidenceRequest {
  @IsString()
  @Length(1, 64)
  parcelCode: string;

  @IsIn(PARCEL_ORDER_REASONS)
  reason: ParcelOrderReason;

  /** `{"area_mu": "12.50"}`: the columns of parcels.csv; empty takes a fact away. */
  @Validate(CellsConstraint)
  changes: WantedCells;
}

class NewParcelRequest {
  @IsString()
  @Length(1, 64)
  code: string;

  /** The code of its land unit; its own code when left out. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  landUnitCode?: string;

  /** The columns of parcels.csv; what is left out it has from the former parcels, where they agree. */
  @Validate(CellsConstraint)
  cells: WantedCells;
}

export class LandOrderRequest extends EvidenceRequest {
  @IsIn(LAND_ORDER_KINDS)
  kind: LandOrderKind;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  parcelCodes: string[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => NewParcelRequest)
  children: NewParcelRequest[];

  /** The document of a new survey, by which the areas may differ. */
  @IsOptional()
  @Length(1, 200)
  surveyNo?: string;
}

class PageQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class OrdersQuery extends PageQuery {
  @IsOptional()
  @IsIn(ORDER_STATES)
  state?: (typeof ORDER_STATES)[number];

  /** Only orders about this parcel. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  parcel?: string;

  /** What the page before gave as next. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;
}

export class ParcelsQuery extends PageQuery {
  /** The registry as of this day. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY, { message: 'day must be a day as 2026-03-01' })
  day?: string;

  /** A region code: only parcels in it or below. */
  @IsOptional()
  @Matches(/^\d{2,12}$/, { message: 'region must be a region code' })
  region?: string;

  /** The beginning of a code, or a whole certificate, unit or patch number. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;

  /** What the page before gave as next. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  cursor?: string;
}

export class ParcelQuery {
  /** The registry as of this day. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY, { message: 'day must be a day as 2026-03-01' })
  day?: string;

  /** As it was known at the end of this day. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY, { message: 'knownOn must be a day as 2026-03-01' })
  knownOn?: string;
}
