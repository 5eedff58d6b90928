import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

import { RULE_KINDS, type RuleKind } from '@app/credits';

class DiscountStepRequest {
  @IsString()
  @MaxLength(16)
  aboveHalfWidthPpm: string;

  @IsString()
  @MaxLength(16)
  discountPpm: string;
}

/** Which member belongs to which kind is the lib's to judge: it names every fault. */
export class BookRuleRequest {
  @IsIn(RULE_KINDS)
  kind: RuleKind;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'validFrom must be a day, YYYY-MM-DD' })
  validFrom: string;

  @Length(1, 200)
  documentNo: string;

  @Length(1, 500)
  source: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000)
  days?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000)
  years?: number;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => DiscountStepRequest)
  steps?: DiscountStepRequest[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  stockChangeClasses?: string[];
}
