import { Injectable, Param, type PipeTransform } from '@nestjs/common';

import type { CompensationRefusal } from '@app/compensation';
import { isUuid } from '@app/kernel';
import { RefusalException } from '../http';

export function rosterUnknown(id: string): RefusalException {
  const reason: CompensationRefusal = { code: 'ROSTER_UNKNOWN', roster: id.slice(0, 64) };
  return new RefusalException(reason);
}

@Injectable()
class RosterIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!isUuid(id)) throw rosterUnknown(id);
    return id;
  }
}

/** The roster id that `:id` in the path is; what is no uuid is no roster. */
export const RosterId = (): ParameterDecorator => Param('id', RosterIdPipe);
