import { Controller, Get } from '@nestjs/common';

import { Database, Environment, QueueBackend } from '@app/platform';
import { Public } from './auth';

@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
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
}
