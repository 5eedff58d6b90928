import { Controller, Get } from '@nestjs/common';

import { Books, Database, Environment, QueueBackend } from '@app/platform';
import { Public } from './auth';

@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly queueBackend: QueueBackend,
    private readonly environment: Environment,
  ) {}

  /** Alive and able to reach the database. Tells which queue and which PostgreSQL serve it. */
  @Public()
  @Get('health')
  async health(): Promise<object> {
    const rows = await this.database.query<{ server_version: string }>('SHOW server_version');
    return {
      status: 'ok',
      postgres: rows[0]?.server_version,
      queueBackend: this.queueBackend.kind,
      bankLink: this.environment.BANK_SIMULATOR_URL !== undefined,
    };
  }

  /** The books of this installation: public, as a county's name is. */
  @Public()
  @Get('public/books')
  async list(): Promise<object> {
    const books = await this.books.list();
    return { items: books.map(({ code, name, mode, region }) => ({ code, name, mode, region })) };
  }
}
