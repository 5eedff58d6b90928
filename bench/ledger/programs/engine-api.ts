import 'reflect-metadata';

import {
  Controller,
  Get,
  Injectable,
  Module,
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import type { Principal } from '@app/identity';
import { HOUSE_BOOK, Logger, PlatformModule, readEnvironment } from '@app/platform';
import { remember } from '../../../apps/api/src/auth/signed-in-request';
import { createHttp } from '../../../apps/api/src/create-http';
import { ProblemFilter } from '../../../apps/api/src/http';
import { LedgerHttpModule } from '../../../apps/api/src/ledger/ledger-http.module';

/** The ledger's own HTTP edge over its engine and nothing else: nobody signs in, nothing is sealed or served beside. */
const CALLER: Principal = {
  userId: 'bench',
  kind: 'staff',
  displayName: 'bench',
  assignments: [{ bookId: HOUSE_BOOK, post: 'administrator', region: '' }],
};

@Injectable()
class KnownCaller implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    remember(context.switchToHttp().getRequest<FastifyRequest>(), { principal: CALLER, token: '' });
    return true;
  }
}

/** What the server does when there is nothing to do: the yardstick of reads. */
@Controller('bench')
class EmptyController {
  @Get('empty')
  empty(): object {
    return {};
  }
}

@Module({})
class EngineModule {}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const root: DynamicModule = {
    module: EngineModule,
    imports: [PlatformModule.forProcess('engine-api', environment), LedgerHttpModule],
    controllers: [EmptyController],
    providers: [
      { provide: APP_GUARD, useClass: KnownCaller },
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  };
  const app = await createHttp(root, new Logger('engine-api', environment.LOG_LEVEL));
  app.enableShutdownHooks();
  await app.listen(environment.PORT, environment.HOST);
  console.log('ready');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
