import { IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Matches, MaxLength, Min } from 'class-validator';

import { BENEFIT_KINDS, type AgreementSide, type BenefitKind } from '@app/funds';
import { IndicatorFields } from './indicator.request';

const FEN = { message: 'must be a positive count of fen, as a string of digits' };

/** An agreement with another fiscal unit's book. */
export class AgreementRequest {
  @Length(1, 64)
  otherBook: string;

  /** What this book is of it. */
  @IsIn(['payer', 'recipient'])
  side: AgreementSide;

  @Length(1, 200)
  agreementNo: string;

  @Length(1, 200)
  purpose: string;

  @Matches(/^[1-9]\d{0,14}$/, FEN)
  amountFen: string;

  @IsString()
  @MaxLength(10)
  from: string;

  /** The last day, inclusive. */
  @IsString()
  @MaxLength(10)
  to: string;
}

/** The payer's part of a transfer. */
export class RemittanceRequest {
  @IsUUID()
  indicatorId: string;

  @Matches(/^[1-9]\d{0,14}$/, FEN)
  amountFen: string;

  @Length(1, 200)
  documentNo: string;
}

/** The recipient's part: the indicator that the money makes here. Its amount is what was remitted. */
export class ReceiptRequest extends IndicatorFields {
  /** `cross-region` when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  fundSource?: string;
}

/** A benefit that is no money. */
export class BenefitRequest {
  @IsIn(BENEFIT_KINDS)
  kind: BenefitKind;

  @Length(1, 200)
  description: string;

  /** What the agreement takes it to be worth, in fen; it is in no sum of money. */
  @Matches(/^[1-9]\d{0,14}$/, FEN)
  valuedFen: string;

  @IsString()
  @MaxLength(10)
  givenOn: string;

  @Length(1, 200)
  documentNo: string;

  /** The number that the other book stated it by. */
  @IsOptional()
  @IsInt()
  @Min(1)
  confirms?: number;
}
