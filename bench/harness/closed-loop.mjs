import { performance } from 'node:perf_hooks';

/** Every connection asks again as soon as it is answered. Tells what the server can take; its latencies flatter. */
export async function closedLoop({ lines, nextRequest, window, tally }) {
  let open = lines.length;
  await new Promise((resolve) => {
    const ask = (line) => {
      const now = performance.now();
      if (now >= window.endMs) {
        open -= 1;
        if (open === 0) resolve();
        return;
      }
      line.send(nextRequest(), now);
    };
    tally.onAnswer = (line) => ask(line);
    for (const line of lines) ask(line);
  });
}
