import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';

const ASSIGNMENTS_MAX = 500;

export class AssignmentRequest {
  @IsString()
  @MaxLength(64)
  post: string;

  /** Empty: the whole book. */
  @Matches(/^(?:\d{2,12})?$/, { message: 'region must be a region code, or empty for the whole book' })
  region: string;
}

export class CreateStaffRequest {
  @IsString()
  @MaxLength(64)
  login: string;

  @IsString()
  @MaxLength(128)
  password: string;

  @IsString()
  @MinLength(1)
  @MaxLength(64)
  displayName: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ASSIGNMENTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => AssignmentRequest)
  assignments: AssignmentRequest[];
}
