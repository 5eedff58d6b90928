import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class ReportQuery {
  /** County, township or village; the book's region when left out. */
  @IsOptional()
  @Matches(/^\d{6}(\d{3}(\d{3})?)?$/, { message: 'region must be a code of 6, 9 or 12 digits' })
  region?: string;

  /** As the book stood at the end of this day; today when left out. */
  @IsOptional()
  @Matches(DAY, { message: 'day must be a day, YYYY-MM-DD' })
  day?: string;

  /** An earlier day to compare with. */
  @IsOptional()
  @Matches(DAY, { message: 'against must be a day, YYYY-MM-DD' })
  against?: string;
}

/** Words and amounts are the lib's to judge: it names all that is wrong. */
export class FigureRequest {
  @IsString()
  @MaxLength(100)
  kind: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  forestClass?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  ageGroup?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  origin?: string;

  @IsString()
  @MaxLength(100)
  unit: string;

  @IsString()
  @MaxLength(100)
  amount: string;

  @Matches(DAY, { message: 'validFrom must be a day, YYYY-MM-DD' })
  validFrom: string;

  @Length(1, 500)
  source: string;

  /** Every report made with it then says so. */
  @IsBoolean()
  illustrative: boolean;
}

export class GreenVouchersRequest {
  @IsInt()
  @Min(1990)
  @Max(2200)
  year: number;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  parcelCodes: string[];

  /** County, township or village that the plots lie in; the book's region when left out. */
  @IsOptional()
  @Matches(/^\d{6}(\d{3}(\d{3})?)?$/, { message: 'region must be a code of 6, 9 or 12 digits' })
  region?: string;
}
