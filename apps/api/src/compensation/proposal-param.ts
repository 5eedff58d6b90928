import { Injectable, Param, type PipeTransform } from '@nestjs/common';

import type { CompensationRefusal } from '@app/compensation';
import { pathId } from '../http';

@Injectable()
class ProposalIdPipe implements PipeTransform<string, string> {
  transform(given: string): string {
    return pathId(given, (id): CompensationRefusal => ({ code: 'PROPOSAL_UNKNOWN', id }));
  }
}

/** The id of what one person proposed and another decides; what is no uuid is no proposal. */
export const ProposalId = (): ParameterDecorator => Param('id', ProposalIdPipe);

@Injectable()
class ProgrammeIdPipe implements PipeTransform<string, string> {
  transform(given: string): string {
    return pathId(given, (programme): CompensationRefusal => ({ code: 'PROGRAMME_UNKNOWN', programme }));
  }
}

/** The programme of the path. */
export const ProgrammeId = (): ParameterDecorator => Param('id', ProgrammeIdPipe);
