import 'reflect-metadata';

import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { LedgerModule, SealingModule } from '@app/ledger';
import { Logger, PlatformModule, readEnvironment } from '@app/platform';
import { Desk } from './desk-work';

interface Question {
  readonly command: string;
  readonly parameters: object;
}

/** The engine without HTTP, in a process of its own: does what the bench asks over the channel, one after the other. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  @Module({ imports: [PlatformModule.forProcess('desk', environment), LedgerModule, SealingModule] })
  class DeskModule {}
  const app = await NestFactory.createApplicationContext(DeskModule, {
    logger: new Logger('desk', environment.LOG_LEVEL),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  const desk = new Desk(app);
  process.on('message', ({ command, parameters }: Question) => {
    void desk
      .answer(command, parameters)
      .then((value) => ({ ok: true, value }))
      .catch((error: unknown) => ({ ok: false, error: error instanceof Error ? error.stack : String(error) }))
      .then((answer) => process.send?.(answer));
  });
  console.log('ready');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
