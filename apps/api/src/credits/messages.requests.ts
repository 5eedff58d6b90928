import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class MyMessagesQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @Matches(UUID, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class MessagesQuery extends MyMessagesQuery {
  /** County, township or village; all of the caller's when left out. */
  @IsOptional()
  @Matches(/^\d{6}(\d{3}(\d{3})?)?$/, { message: 'region must be a code of 6, 9 or 12 digits' })
  region?: string;
}
