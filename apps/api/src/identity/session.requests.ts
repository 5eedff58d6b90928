import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** Longer texts are not hashed: they would only cost time. */
const PASSWORD_LENGTH_MAX = 128;
const LOGIN_LENGTH_MAX = 64;
const PHONE_LENGTH_MAX = 20;

export class SignInRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(LOGIN_LENGTH_MAX)
  user: string;

  @IsString()
  @MinLength(1)
  @MaxLength(PASSWORD_LENGTH_MAX)
  password: string;
}

export class CodeRequest {
  @IsString()
  @MaxLength(PHONE_LENGTH_MAX)
  phone: string;
}

export class SignInByCodeRequest extends CodeRequest {
  @Matches(/^\d{6}$/, { message: 'code must be the six digits that were sent' })
  code: string;
}
