import {
  HttpException,
  Injectable,
  ValidationPipe,
  type ArgumentMetadata,
  type ValidationError,
} from '@nestjs/common';

import { FAULTS_SHOWN_MAX, inputFaults, shownName, type FieldError } from './input-faults';

/** Every wrong field at once, by its path in the body: `postings.0.account`. */
function fieldErrors(errors: readonly ValidationError[], path = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = path + shownName(error.property);
    const own = Object.values(error.constraints ?? {}).map((problem) => ({
      field,
      problem: problem.replace(error.property, shownName(error.property)),
    }));
    return [...own, ...fieldErrors(error.children ?? [], `${field}.`)];
  });
}

const fieldsInvalid = (errors: readonly FieldError[]): HttpException =>
  new HttpException(
    {
      code: 'FIELDS_INVALID',
      detail: 'Some fields are not as they should be.',
      errors: errors.slice(0, FAULTS_SHOWN_MAX),
    },
    422,
  );

/** Judges what came before any class does: a class of fields can only judge an object that has fields. */
@Injectable()
class InputPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype, data } = metadata;
    if (type === 'body' && Buffer.isBuffer(value)) {
      const detail = 'Send application/json. A file goes to an import.';
      throw new HttpException({ code: 'MEDIA_TYPE_UNSUPPORTED', detail }, 415);
    }
    // Whoever declares no class reads the value by hand.
    if (type === 'custom' || metatype === undefined || metatype === Object) return value;
    if (type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new HttpException({ code: 'BODY_NOT_OBJECT', detail: 'A JSON object belongs here.' }, 422);
    }
    const faults = inputFaults(value, data ?? '');
    if (faults.length > 0) throw fieldsInvalid(faults);
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

export const validationPipe = (): ValidationPipe =>
  new InputPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => fieldsInvalid(fieldErrors(errors)),
  });
