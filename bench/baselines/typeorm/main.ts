import 'reflect-metadata';

import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';

import { AccountRow, EntryRow, PostingRow } from './entities';
import { EntriesController } from './entries.controller';
import { EntriesService } from './entries.service';

/** NestJS on Fastify with TypeORM: one transaction a request, row locks, a pool whose size the bench varies. */
async function main(): Promise<void> {
  const { DATABASE_URL: url, PORT: port, POOL: pool } = process.env;
  @Module({
    controllers: [EntriesController],
    providers: [
      EntriesService,
      {
        provide: DataSource,
        useFactory: () =>
          new DataSource({
            type: 'postgres',
            url: String(url),
            entities: [AccountRow, EntryRow, PostingRow],
            installExtensions: false,
            extra: { max: Number(pool) },
          }).initialize(),
      },
    ],
  })
  class BaselineModule {}
  const app = await NestFactory.create<NestFastifyApplication>(BaselineModule, new FastifyAdapter(), {
    logger: ['error'],
  });
  app.setGlobalPrefix('api/v1');
  await app.listen(Number(port), '127.0.0.1');
  console.log('ready');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
