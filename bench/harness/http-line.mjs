import { connect } from 'node:net';

import { readHead } from './answer.rules.mjs';

const READ_BYTES = 64 * 1024;

/**
 * One keep-alive connection with at most one request in flight. It reads into a buffer of its own and knows as much
 * of HTTP as it must: the generator shares two cores with what it measures.
 */
export class HttpLine {
  #socket;
  #rest;
  #onAnswer;
  /** When the request in flight was meant to start. */
  startedMs = 0;

  /**
   * @param {object} wish
   * @param {number} wish.port
   * @param {(line: HttpLine, status: number, text: () => string) => void} wish.onAnswer
   * @param {(error: Error) => void} wish.onLost
   */
  constructor({ port, onAnswer, onLost }) {
    this.#onAnswer = onAnswer;
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: { buffer: Buffer.allocUnsafe(READ_BYTES), callback: (size, bytes) => this.#read(size, bytes) },
    });
    this.opened = new Promise((resolve, reject) => {
      this.#socket.once('connect', resolve);
      this.#socket.once('error', reject);
    });
    this.#socket.on('error', onLost);
    this.#socket.on('end', () => onLost(new Error('the server closed a connection')));
  }

  /** @param {string} text the whole request, characters below 256 only */
  send(text, startedMs) {
    this.startedMs = startedMs;
    this.#socket.write(text, 'latin1');
  }

  close() {
    this.#socket.removeAllListeners('end');
    this.#socket.destroy();
  }

  #read(size, bytes) {
    const fresh = bytes.subarray(0, size);
    const all = this.#rest ? Buffer.concat([this.#rest, fresh]) : fresh;
    const head = readHead(all);
    if (head === undefined || all.length < head.size) {
      this.#rest = Buffer.from(all);
      return true;
    }
    if (all.length > head.size) throw new Error('more than one answer to one request');
    this.#rest = undefined;
    this.#onAnswer(this, head.status, () => all.latin1Slice(0, head.size));
    return true;
  }
}
