import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import { RIGHT_KINDS, RIGHT_ORDER_REASONS, type RightKind, type RightOrderReason } from '@app/registry';

class WantedShareRequest {
  @IsString()
  @Length(1, 64)
  partyExternalNo: string;

  /** "50" or "33.3333". */
  @IsString()
  @MaxLength(32)
  sharePercent: string;

  @Length(1, 200)
  documentNo: string;
}

export class RightOrderRequest {
  @IsString()
  @Length(1, 64)
  parcelCode: string;

  @IsIn(RIGHT_KINDS)
  kind: RightKind;

  /** The first day on which the new shares hold. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'from must be a day, YYYY-MM-DD' })
  from: string;

  /** Of a correction the last day it is about; it is open when left out. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'to must be a day, YYYY-MM-DD' })
  to?: string;

  @IsIn(RIGHT_ORDER_REASONS)
  reason: RightOrderReason;

  /** Who holds the right from then on; none when it ends. */
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => WantedShareRequest)
  shares: WantedShareRequest[];

  @Length(1, 500)
  evidence: string;
}

export class RightOrdersQuery {
  @IsOptional()
  @IsIn(['proposed', 'approved', 'rejected'])
  state?: 'proposed' | 'approved' | 'rejected';
}
