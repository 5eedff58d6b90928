const LOOK_EVERY_MS = 500;

/**
 * Calls back, once, when this script is to end: Ctrl-C, a polite kill, a closed terminal, or npm gone.
 * @param {(reason: string) => void} callback
 */
export function onEnding(callback) {
  let isEnding = false;
  const end = (reason) => {
    // npm hands on the Ctrl-C that the terminal has sent already: twice is not "at once".
    if (isEnding) return;
    isEnding = true;
    callback(reason);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
  watchParent(end);
  // Who reads along may leave (`npm start | head`); that is no reason to die and leave servers behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** Between npm and this script stands a shell that dies of a signal without handing it on. */
function watchParent(end) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end('npm is gone'), LOOK_EVERY_MS).unref();
}
