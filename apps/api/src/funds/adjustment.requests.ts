import { IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';

import { YEAR_END_ACTIONS, type DecisionState, type YearEndAction } from '@app/funds';

/** A document that changes an indicator's amount. */
export class AdjustmentRequest {
  @Length(1, 200)
  documentNo: string;

  /** Fen as a decimal string, with a minus when the indicator has less by it: "-50000". */
  @Matches(/^-?[1-9]\d{0,14}$/, {
    message: 'changeFen must be a count of fen, not zero, as a string of digits',
  })
  changeFen: string;

  @Length(1, 200)
  reason: string;

  /** The day of the document, YYYY-MM-DD. */
  @IsString()
  @MaxLength(10)
  day: string;
}

export class YearEndRequest {
  @IsUUID()
  indicatorId: string;

  /** carry-over 结转, recover 结余收回. */
  @IsIn(YEAR_END_ACTIONS)
  action: YearEndAction;

  /** The document that decides it; of a carry-over, that of the new indicator. */
  @Length(1, 200)
  documentNo: string;
}

export const STATES: readonly DecisionState[] = ['proposed', 'approved', 'rejected'];

export class StateQuery {
  @IsOptional()
  @IsIn(STATES)
  state?: DecisionState;
}
