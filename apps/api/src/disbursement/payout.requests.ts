import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { Type } from 'class-transformer';

import { REISSUE_LINES_MAX } from '@app/disbursement';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Two ways to say what to pay, and exactly one of them at a time. */
@ValidatorConstraint({ name: 'exactlyOneTarget' })
class ExactlyOneTarget implements ValidatorConstraintInterface {
  validate(_value: unknown, { object }: ValidationArguments): boolean {
    const { indicatorId, settlementId } = object as PlanBatchesRequest;
    const given = [indicatorId, settlementId].filter((id) => id !== undefined);
    return given.length === 1 && typeof given[0] === 'string' && UUID.test(given[0]);
  }

  defaultMessage(): string {
    return 'give exactly one of indicatorId and settlementId, a lower-case uuid';
  }
}

/** What to pay: all that is pending of one indicator, or of one settlement of the market rail. */
export class PlanBatchesRequest {
  @Validate(ExactlyOneTarget)
  indicatorId?: string;

  @IsOptional()
  @Matches(UUID, { message: 'settlementId must be a lower-case uuid' })
  settlementId?: string;
}

/** Which returned lines to pay again, each once. */
export class ReissueRequestBody {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(REISSUE_LINES_MAX)
  @Matches(UUID, { each: true, message: 'each line id must be a lower-case uuid' })
  lineIds: string[];
}

export class BatchesQuery {
  /** An indicator, settlement or milestone: only its batches. */
  @IsOptional()
  @Matches(UUID, { message: 'of must be a lower-case uuid' })
  of?: string;
}

export class BatchLinesQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,5}$/, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class ReturnedLinesQuery {
  @IsOptional()
  @Matches(UUID, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}
