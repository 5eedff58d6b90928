import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

class CalendarDayRequest {
  @IsString()
  @MaxLength(10)
  day: string;

  @IsIn(['holiday', 'worked'])
  kind: 'holiday' | 'worked';

  @IsString()
  @Length(1, 40)
  nameZh: string;
}

export class CalendarRequest {
  @IsInt()
  @Min(2000)
  @Max(2100)
  year: number;

  /** The notice it is taken from. */
  @IsString()
  @Length(1, 200)
  source: string;

  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => CalendarDayRequest)
  days: CalendarDayRequest[];
}
