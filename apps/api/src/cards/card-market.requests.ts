import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import type { Grade } from '@app/credits';

const COUNT = /^(0|[1-9]\d{0,17})$/;
const countOf = (unit: string) => ({
  message: `$property must be a count of ${unit}, as a string of digits`,
});
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const RIDES_MAX = 10_000;

export class OpenProductRequest {
  @IsString()
  @MaxLength(40)
  code: string;

  @IsString()
  @MaxLength(80)
  name: string;

  /** Fen a kilogram, as a decimal string. */
  @Matches(COUNT, countOf('fen'))
  priceFenPerKg: string;

  @IsOptional()
  @IsIn(['G1', 'G2', 'G3'])
  leastGrade: Grade = 'G1';

  @IsOptional()
  @Matches(COUNT, countOf('grams'))
  leastGrams: string = '1000';

  @IsOptional()
  @Matches(COUNT, countOf('grams'))
  mostGrams: string = '1000000000';

  @IsOptional()
  @IsInt()
  holdMinutes: number = 15;

  @IsOptional()
  @IsInt()
  windowDays: number = 7;

  @IsOptional()
  @IsInt()
  termDays: number = 365;
}

/** Five shares in millionths that make 1,000,000, and the part of the fee set aside for refunds. */
export class AdoptSplitRuleRequest {
  @Matches(DAY)
  validFrom: string;

  @IsInt()
  afforestationPpm: number;

  @IsInt()
  suppliersPpm: number;

  @IsInt()
  feePpm: number;

  @IsInt()
  taxPpm: number;

  @IsInt()
  channelPpm: number;

  @IsOptional()
  @IsInt()
  refundReservePpm: number = 0;

  @IsString()
  @MaxLength(200)
  source: string;
}

export class AdoptRideFactorRequest {
  @Matches(DAY)
  validFrom: string;

  @Matches(COUNT, countOf('grams'))
  gramsPerKm: string;

  @IsString()
  @MaxLength(200)
  source: string;
}

export class QuoteRequest {
  @IsString()
  @MaxLength(40)
  product: string;

  @Matches(COUNT, countOf('grams'))
  grams: string;
}

export class PlaceOrderRequest extends QuoteRequest {
  /** Of the buyer's own bus card: 6 to 24 digits or letters, spaces and hyphens allowed. */
  @IsString()
  @MaxLength(40)
  cardNumber: string;

  /** As it is to stand on the receipt. */
  @Matches(/^\s*\S.{0,58}$/u, { message: 'buyerName must be 1 to 60 characters' })
  buyerName: string;
}

export class RideRequest {
  @IsString()
  @MaxLength(64)
  rideNo: string;

  @IsString()
  @MaxLength(40)
  cardNumber: string;

  @IsISO8601({ strict: true })
  @Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/, {
    message: 'at must be an instant with its offset: 2026-03-01T08:00:00+08:00',
  })
  at: string;

  /** A count, as a number or a string of digits. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value))
  @Matches(COUNT, countOf('metres'))
  metres: string;
}

export class RecordRidesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(RIDES_MAX)
  @ValidateNested({ each: true })
  @Type(() => RideRequest)
  rides: RideRequest[];
}
