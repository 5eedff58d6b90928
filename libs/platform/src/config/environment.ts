import { plainToInstance } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateIf,
  validateSync,
} from 'class-validator';

import { CHECKPOINT_ALGORITHMS, type CheckpointAlgorithm } from '../crypto/signer';

const BASE64_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;
const POSTGRES = { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true };

/** Everything the processes read from outside, checked at boot. Nothing else reads process.env. */
export class Environment {
  /** The application role's connection: never a superuser, never the owner. */
  @IsUrl(POSTGRES)
  DATABASE_URL: string;

  /** Queues run on PostgreSQL when it is absent. */
  @IsOptional()
  @IsUrl({ protocols: ['redis', 'rediss'], require_tld: false, require_protocol: true })
  REDIS_URL?: string;

  @IsOptional()
  @Matches(/^[a-z0-9-]{1,40}$/)
  TANHUI_QUEUE_PREFIX: string = 'tanhui';

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT: number = 3000;

  @IsOptional()
  @IsString()
  HOST: string = '127.0.0.1';

  /** Where people reach the product; certificates and QR codes carry it. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  PUBLIC_URL?: string;

  /** The bank link. Absent where files are exchanged by hand. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  BANK_SIMULATOR_URL?: string;

  /** Shared secret of the bank link's message digests. */
  @IsOptional()
  @IsString()
  BANK_KEY?: string;

  @Matches(/^[a-z0-9]{1,16}$/)
  SEAL_KEY_ID: string;

  @Matches(BASE64_32_BYTES)
  SEAL_KEY: string;

  @Matches(BASE64_32_BYTES)
  INDEX_KEY: string;

  /** Signs the checkpoints of the books' logs. Whoever has it can vouch for a past that never was. */
  @Matches(BASE64_32_BYTES)
  CHECKPOINT_KEY: string;

  /** What it signs with; the key is 32 secret bytes for either. Another algorithm is another key: change both. */
  @IsOptional()
  @IsIn(CHECKPOINT_ALGORITHMS)
  CHECKPOINT_ALGORITHM: CheckpointAlgorithm = 'ed25519';

  /** First part of every log's name. It stays with a log for ever; the host of PUBLIC_URL when absent. */
  @IsOptional()
  @Matches(/^[a-z0-9.-]{1,100}(\/[a-z0-9._-]{1,40}){0,3}$/)
  CHECKPOINT_ORIGIN?: string;

  /** Where checkpoints go besides the public page: a folder, an object store (PUT), a webhook (POST). */
  @IsOptional()
  @IsString()
  CHECKPOINT_FOLDER?: string;

  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  CHECKPOINT_STORE_URL?: string;

  /** Sent to the store as the header `Authorization`. */
  @IsOptional()
  @IsString()
  CHECKPOINT_STORE_AUTHORIZATION?: string;

  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  CHECKPOINT_WEBHOOK_URL?: string;

  /** Shared secret of the webhook's signatures. */
  @ValidateIf((environment: Environment) => environment.CHECKPOINT_WEBHOOK_URL !== undefined)
  @Matches(/^.{16,}$/)
  CHECKPOINT_WEBHOOK_KEY?: string;

  @IsOptional()
  @IsString()
  WEB_ROOT?: string;

  @IsOptional()
  @IsInt()
  @Min(2)
  @Max(64)
  DATABASE_POOL_MAX: number = 12;

  /** Lets a Prometheus elsewhere read GET /metrics; without it only this machine may. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{16,200}$/)
  METRICS_TOKEN?: string;

  /** Where the worker shows its own GET /metrics, under the same guard; nowhere when absent. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(65_535)
  WORKER_METRICS_PORT?: number;

  @IsOptional()
  @IsString()
  WORKER_METRICS_HOST: string = '127.0.0.1';

  @IsOptional()
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug'])
  LOG_LEVEL: 'fatal' | 'error' | 'warn' | 'info' | 'debug' = 'info';
}

/** Names every setting that is wrong, so that one boot tells all of it. Values are not repeated: some are secret. */
export function readEnvironment(source: NodeJS.ProcessEnv): Environment {
  const known = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const environment = plainToInstance(Environment, known, { enableImplicitConversion: true });
  const problems = validateSync(environment, { whitelist: true, forbidUnknownValues: false });
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  ${Object.values(problem.constraints ?? {}).join('; ')}`);
    throw new Error(`The environment is not usable:\n${lines.join('\n')}`);
  }
  return environment;
}
