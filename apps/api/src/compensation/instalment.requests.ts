import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

import { PAYEE_RULES, type PayeeRule } from '@app/compensation';
import { RIGHT_KINDS, type RightKind } from '@app/registry';
import { DecisionRequest } from '../http';

const MU100 = /^[1-9]\d{0,11}$/;
const area = { message: 'areaMu100 must be hundredths of a mu, as a string of digits' };

export class ContractRequest {
  @IsString()
  @Length(1, 100)
  contractNo: string;

  @IsString()
  @Length(1, 100)
  parcelCode: string;

  @IsIn(RIGHT_KINDS)
  rightKind: RightKind;

  @IsString()
  @Length(1, 100)
  holderExternalNo: string;

  @Matches(MU100, area)
  areaMu100: string;

  @IsInt()
  @Min(1999)
  @Max(2100)
  plantedYear: number;

  /** One of the programme's schemes. */
  @IsString()
  @MaxLength(40)
  scheme: string;

  @IsIn(PAYEE_RULES)
  payeeRule: PayeeRule;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  payeeExternalNo?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  payeeDocumentNo?: string;
}

export class AcceptanceRequest {
  @IsInt()
  @Min(1)
  @Max(20)
  yearNo: number;

  @Matches(MU100, area)
  areaMu100: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'inspectedOn must be a day, YYYY-MM-DD' })
  inspectedOn: string;

  @IsString()
  @Length(1, 200)
  documentNo: string;

  /** 管护责任落实. */
  @IsBoolean()
  tended: boolean;
}

export class AcceptanceDecisionRequest extends DecisionRequest {
  /** By which the province confirms the county's acceptance. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  provinceDocumentNo?: string;
}
