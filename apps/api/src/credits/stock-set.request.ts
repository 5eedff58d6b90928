import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import { SetRequest } from './credits.requests';

/** Words and figures are the lib's to judge: it names every row that is wrong. */
class SpeciesRequest {
  @IsString()
  @MaxLength(100)
  species: string;

  @Length(1, 40)
  name: string;

  @IsString()
  @MaxLength(100)
  densityTonnesPerM3: string;

  @IsString()
  @MaxLength(100)
  expansion: string;

  @IsString()
  @MaxLength(100)
  rootShare: string;

  @IsString()
  @MaxLength(100)
  carbonShare: string;

  @Length(1, 500)
  source: string;
}

class GrowthRequest {
  @IsString()
  @MaxLength(100)
  forestClass: string;

  @IsString()
  @MaxLength(100)
  ageGroup: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  origin?: string;

  @IsString()
  @MaxLength(100)
  species: string;

  @IsString()
  @MaxLength(100)
  growthM3PerHaYear: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  halfWidthPpm?: string;

  @Length(1, 500)
  source: string;

  @IsOptional()
  @Length(1, 200)
  evidenceNo?: string;
}

export class StockSetRequest extends SetRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => SpeciesRequest)
  species: SpeciesRequest[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(400)
  @ValidateNested({ each: true })
  @Type(() => GrowthRequest)
  growth: GrowthRequest[];
}
