import { IsISO8601, IsOptional, Length, Matches } from 'class-validator';

const DAY = /^(18|19|20|21)\d{2}-\d{2}-\d{2}$/;

export class RegionQuery {
  /** As of this day: today unless another is asked for. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY, { message: 'day must be a day as 2026-03-01' })
  day?: string;
}

export class HandoverRequest {
  /** Code of the body that manages it from then on; none when it goes back to the county. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{1,31}$/, { message: 'body must be the code of a managing body' })
  body?: string;

  @Matches(DAY, { message: 'from must be a day, YYYY-MM-DD' })
  from: string;

  @Length(1, 200)
  documentNo: string;
}
