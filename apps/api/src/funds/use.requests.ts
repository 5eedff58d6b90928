import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';

import { EARMARKED_KINDS, USE_KINDS, type EarmarkedKind, type UseKind } from '@app/funds';

/** What a payee of purpose used money for. */
export class UseRequest {
  @IsUUID()
  partyId: string;

  @IsIn(USE_KINDS)
  useKind: UseKind;

  /** Fen as a decimal string. */
  @Matches(/^[1-9]\d{0,14}$/, { message: 'amountFen must be a positive count of fen, as a string of digits' })
  amountFen: string;

  @Length(1, 200)
  documentNo: string;

  @IsString()
  @MaxLength(10)
  usedOn: string;

  /** SHA-256 of the paper that shows it, in hex. */
  @Matches(/^[0-9a-f]{64}$/, { message: 'evidenceSha256 is 64 hex digits' })
  evidenceSha256: string;
}

export class VoidRequest {
  @Length(1, 200)
  reason: string;
}

export class VoucherQuery {
  @IsOptional()
  @IsUUID()
  partyId?: string;
}

/** What a kind of payee may use money for, or no longer, from a day on. */
export class EarmarkRequest {
  @IsIn(EARMARKED_KINDS)
  payeeKind: EarmarkedKind;

  @IsIn(USE_KINDS)
  useKind: UseKind;

  @IsBoolean()
  isAllowed: boolean;

  @IsString()
  @MaxLength(10)
  from: string;

  @Length(1, 200)
  documentNo: string;
}
