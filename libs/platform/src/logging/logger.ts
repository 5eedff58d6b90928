import type { LoggerService } from '@nestjs/common';
import pino, { type Logger as Pino } from 'pino';

/** One JSON object a line on stdout. Fields are ids and codes; personal data has no way in. */
export class Logger implements LoggerService {
  readonly #pino: Pino;

  constructor(service: string, level: string) {
    this.#pino = pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime });
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#pino.info(...line(message, rest));
  }

  info(message: string, fields: Readonly<Record<string, string | number | boolean>> = {}): void {
    this.#pino.info(fields, message);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#pino.warn(...line(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#pino.error(...line(message, rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#pino.fatal(...line(message, rest));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#pino.debug(...line(message, rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#pino.trace(...line(message, rest));
  }
}

/** Nest passes (message, …, context); a stack comes before the context. */
function line(message: unknown, rest: readonly unknown[]): [object, string] {
  const context = typeof rest.at(-1) === 'string' ? String(rest.at(-1)) : undefined;
  const stack = rest.length > 1 ? String(rest[0]) : undefined;
  if (message instanceof Error) return [{ context, stack: message.stack }, message.name];
  return [{ context, stack }, String(message)];
}
