import { IsOptional, Length } from 'class-validator';

export class DecisionRequest {
  /** Why it is rejected; it is approved when left out. */
  @IsOptional()
  @Length(1, 500)
  rejection?: string;
}
