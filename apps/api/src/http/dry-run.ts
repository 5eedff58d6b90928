import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';

export class DryRunQuery {
  /** `true`: the same answer, and nothing is recorded. */
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}

/** Whether nothing is to be recorded. It is then answered 200, not 201: nothing came to be. */
export function isDryRun({ dryRun }: DryRunQuery, reply: FastifyReply): boolean {
  if (dryRun === 'true') reply.status(200);
  return dryRun === 'true';
}
