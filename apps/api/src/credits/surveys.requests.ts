import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

const ROUND = /^[a-z0-9][a-z0-9.-]{0,39}$/;

/** Words and figures are the lib's to judge: it names every row that is wrong. */
class SurveyRowRequest {
  @Length(1, 40)
  plotCode: string;

  @IsString()
  @MaxLength(40)
  measuredOn: string;

  @IsString()
  @MaxLength(40)
  areaM2: string;

  @IsString()
  @MaxLength(40)
  volumeDm3: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  culms?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  villageCode?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  forestClass?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  ageGroup?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  origin?: string;
}

export class SurveyRequest {
  @Matches(ROUND, { message: 'code has small letters, digits, dots and dashes' })
  code: string;

  @Length(1, 200)
  documentNo: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5_000)
  @ValidateNested({ each: true })
  @Type(() => SurveyRowRequest)
  rows: SurveyRowRequest[];
}

export class GrowthQuery {
  /** The code of the earlier round. */
  @Matches(ROUND, { message: 'since must be the code of a round' })
  since: string;
}
