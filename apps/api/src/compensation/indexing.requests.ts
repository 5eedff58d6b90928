import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import { INDEX_VARIABLES, TEXT_MAX, type IndexVariableName } from '@app/compensation';

const PPM = /^[1-9]\d{0,7}$/;
const ppm = (field: string) => ({ message: `${field} must be parts per million, as a string of digits` });
const FEN = /^[1-9]\d{0,8}$/;
const fen = (field: string) => ({ message: `${field} must be a count of fen, as a string of digits` });
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = (field: string) => ({ message: `${field} must be a day, YYYY-MM-DD` });

class IndexVariableRequest {
  @IsIn(INDEX_VARIABLES)
  variable: IndexVariableName;

  /** 1000000 is the year before. */
  @Matches(PPM, ppm('valuePpm'))
  valuePpm: string;

  /** All of them are 1000000. */
  @Matches(PPM, ppm('weightPpm'))
  weightPpm: string;

  @IsString()
  @MaxLength(200)
  source: string;

  @IsString()
  @MaxLength(200)
  documentNo: string;
}

export class IndexRequest {
  /** The first day of the standards that follow. */
  @Matches(DAY, day('validFrom'))
  validFrom: string;

  @IsString()
  @MaxLength(200)
  documentNo: string;

  @IsArray()
  @ArrayMaxSize(INDEX_VARIABLES.length)
  @ValidateNested({ each: true })
  @Type(() => IndexVariableRequest)
  variables: IndexVariableRequest[];

  @Matches(PPM, ppm('floorPpm'))
  floorPpm: string;

  @Matches(PPM, ppm('capPpm'))
  capPpm: string;

  @Matches(FEN, fen('lowestFenPerMu'))
  lowestFenPerMu: string;

  @Matches(FEN, fen('highestFenPerMu'))
  highestFenPerMu: string;
}

export class QualityRequest {
  @Matches(/^\d{6}(\d{3}){0,2}$/, { message: 'region must be a county, a township or a village' })
  region: string;

  @IsString()
  @MaxLength(40)
  grade: string;

  @Matches(PPM, ppm('multiplierPpm'))
  multiplierPpm: string;

  @Matches(DAY, day('validFrom'))
  validFrom: string;

  /** The last day; open when left out. */
  @IsOptional()
  @Matches(DAY, day('validUntil'))
  validUntil?: string;

  @IsString()
  @MaxLength(200)
  documentNo: string;

  @IsString()
  @MaxLength(TEXT_MAX)
  evidence: string;
}
