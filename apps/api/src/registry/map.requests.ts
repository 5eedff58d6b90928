import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

import { MAP_KEYS, MAP_PAGE_MAX, type MapKey } from '@app/registry';
import { DryRunQuery } from '../http';

const VILLAGE = /^\d{12}$/;

export class MapFileQuery extends DryRunQuery {
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
