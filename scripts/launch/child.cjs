// Loaded into every process that the launcher starts, before the program itself.
const { subscribe } = require('node:diagnostics_channel');

const PATIENCE_MS = 5_000;

/** The launcher is gone, perhaps killed: end in order, so that nothing outlives it and holds its port. */
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});

/**
 * Tells the launcher that its own question arrived here. That something answers on a port is no proof: of two
 * checkouts that start at the same moment, the other may have been quicker to take it.
 */
subscribe('http.server.request.start', ({ request }) => {
  const heard = request.headers['x-tanhui-launcher'];
  if (heard && process.connected) process.send({ heard });
});
