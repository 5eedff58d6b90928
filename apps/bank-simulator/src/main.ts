import { BatchBook } from './batch-book';
import { createServer } from './server';

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The bank simulator needs ${name}.`);
  return value;
}

async function main(): Promise<void> {
  const books = new BatchBook(setting('SIMULATOR_STORE'), Date.now);
  const server = createServer(books, setting('BANK_KEY'));
  const url = await server.listen({ port: Number(setting('SIMULATOR_PORT')), host: '127.0.0.1' });
  console.log(JSON.stringify({ service: 'bank-simulator', msg: 'ready', url }));
  const stop = () => void server.close().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal as 'SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
