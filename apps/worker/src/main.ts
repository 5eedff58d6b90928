import 'reflect-metadata';

import { Logger, readEnvironment } from '@app/platform';
import { createWorker } from './create-worker';

async function main(): Promise<void> {
  const worker = await createWorker(readEnvironment(process.env));
  worker.app.get(Logger).info('worker ready');
  const stop = () => void worker.stop().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal as 'SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
