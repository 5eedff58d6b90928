import { HttpException, ValidationPipe, type ValidationError } from '@nestjs/common';

interface FieldError {
  readonly field: string;
  readonly problem: string;
}

/** Every wrong field at once, by its path in the body: `postings.0.account`. */
function fieldErrors(errors: readonly ValidationError[], path = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = path + error.property;
    const own = Object.values(error.constraints ?? {}).map((problem) => ({ field, problem }));
    return [...own, ...fieldErrors(error.children ?? [], `${field}.`)];
  });
}

export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new HttpException(
        {
          code: 'FIELDS_INVALID',
          detail: 'Some fields are not as they should be.',
          errors: fieldErrors(errors),
        },
        422,
      ),
  });
