import { performance } from 'node:perf_hooks';

import { Arrivals } from './arrivals.mjs';

/** Whoever is not answered this long after the last arrival is counted as unanswered, with the time waited. */
const PATIENCE_MS = 10_000;

/** Requests start when their time has come, whatever has been answered. Tells what a caller waits at this rate. */
export async function openLoop({ lines, nextRequest, window, rate, tally }) {
  const arrivals = new Arrivals({ rate, startMs: performance.now(), endMs: window.endMs });
  const idle = [...lines];
  const busy = new Set();
  /** Due but without a connection; a queue by position, for it may get long. */
  let waiting = [];
  let first = 0;
  const start = (line, intendedMs) => {
    busy.add(line);
    line.send(nextRequest(), intendedMs);
  };
  tally.onAnswer = (line) => {
    busy.delete(line);
    if (first < waiting.length) start(line, waiting[first++]);
    else idle.push(line);
  };
  const turn = () => {
    const now = performance.now();
    for (let at = arrivals.take(now); at !== undefined; at = arrivals.take(now)) {
      tally.startedLate(now - at);
      if (idle.length > 0) start(idle.pop(), at);
      else waiting.push(at);
    }
    if (first > 4096) {
      waiting = waiting.slice(first);
      first = 0;
    }
  };
  const isDone = () => arrivals.isOver && busy.size === 0 && first === waiting.length;
  while (!isDone() && performance.now() < window.endMs + PATIENCE_MS) {
    turn();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const now = performance.now();
  for (const at of [...waiting.slice(first), ...[...busy].map((line) => line.startedMs)])
    tally.unanswered(at, now);
}
