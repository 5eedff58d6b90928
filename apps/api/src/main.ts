import 'reflect-metadata';

import { Logger, readEnvironment } from '@app/platform';
import { createApp } from './create-app';

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const app = await createApp(environment);
  await app.listen(environment.PORT, environment.HOST);
  app.get(Logger).info('api ready', { url: await app.getUrl() });
  // Started by the launcher: when that is gone, so are we.
  process.once('disconnect', () => void app.close().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
