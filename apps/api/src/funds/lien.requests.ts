import { Type } from 'class-transformer';
import {
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import { LIEN_STATES, type LienState } from '@app/funds';

class RedirectAccountRequest {
  /** Code of the bank: ABC. */
  @Length(1, 20)
  bank: string;

  @Matches(/^\d{8,30}$/, { message: 'number is 8 to 30 digits' })
  number: string;
}

/** A pledge of future compensation as its papers state it. */
export class LienRequest {
  /** 公益林补偿收益权证明 */
  @Length(1, 200)
  certificateNo: string;

  @IsUUID()
  partyId: string;

  /** Code of the programme whose income is pledged. */
  @Length(1, 40)
  programme: string;

  @Length(1, 200)
  lender: string;

  /** What was lent, in fen, as a string of digits. */
  @Matches(/^[1-9]\d{0,14}$/, { message: 'amountFen must be a positive count of fen, as a string of digits' })
  amountFen: string;

  @IsString()
  @MaxLength(10)
  from: string;

  /** The last day, inclusive. */
  @IsString()
  @MaxLength(10)
  to: string;

  /** Of the national register of pledged movables. */
  @Length(1, 200)
  registrationNo: string;

  /** The pledge contract. */
  @Length(1, 200)
  documentNo: string;

  /** Where the income goes meanwhile. */
  @IsObject()
  @ValidateNested()
  @Type(() => RedirectAccountRequest)
  account: RedirectAccountRequest;
}

export class ReleaseRequest {
  /** The lender's document. */
  @Length(1, 200)
  documentNo: string;
}

export class LienQuery {
  @IsOptional()
  @IsUUID()
  partyId?: string;

  @IsOptional()
  @IsIn(LIEN_STATES)
  state?: LienState;
}

export class CertificateQuery {
  @IsUUID()
  partyId: string;

  @Length(1, 40)
  programme: string;
}
