import { IsIn, IsOptional, Length, Matches } from 'class-validator';

import { DryRunQuery } from '../http';
import { PageQuery } from './projects.requests';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class ExternalListQuery extends DryRunQuery {
  @Matches(/^[^/]{1,30}$/, { message: 'registry has 1 to 30 characters and no slash' })
  registry: string;

  /** The day of which the list tells. */
  @Matches(DAY, { message: 'listOn must be a day, YYYY-MM-DD' })
  listOn: string;

  /** Where it was got. */
  @Length(1, 200)
  source: string;
}

export class OverlapsQuery extends PageQuery {
  /** `false` tells what was cleared too. */
  @IsOptional()
  @IsIn(['true', 'false'])
  open?: 'true' | 'false';
}

export class ClearanceRequest {
  /** What came of it. */
  @Length(1, 500)
  clearance: string;
}

export class ExternalReleaseRequest {
  @Matches(/^[^/]{1,30}$/, { message: 'registry has 1 to 30 characters and no slash' })
  registry: string;

  @Length(1, 38)
  projectNo: string;

  @Length(1, 500)
  reason: string;

  @Length(1, 200)
  documentNo: string;

  /** What the other registry did credit stays claimed. */
  @IsOptional()
  @Matches(DAY, { message: 'creditedFrom must be a day, YYYY-MM-DD' })
  creditedFrom?: string;

  @IsOptional()
  @Matches(DAY, { message: 'creditedTo must be a day, YYYY-MM-DD' })
  creditedTo?: string;
}
