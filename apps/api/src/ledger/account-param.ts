import { Injectable, Param, type PipeTransform } from '@nestjs/common';

import { refuse } from '@app/kernel';
import { unwrap } from '../http';
import { ACCOUNT } from './fields';

/** What is no path names no account. */
export const accountPathOf = (text: string): string =>
  ACCOUNT.fits(text) ? text : unwrap(refuse({ code: 'ACCOUNT_UNKNOWN', account: text.slice(0, 200) }));

@Injectable()
class AccountPathPipe implements PipeTransform<string, string> {
  transform(path: string): string {
    return accountPathOf(path);
  }
}

/** The path that `:path` names, percent-encoded as one segment (`till%2F1`). */
export const AccountPath = (): ParameterDecorator => Param('path', AccountPathPipe);
