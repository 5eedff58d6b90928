import { closeSync, openSync, readSync, statSync } from 'node:fs';

import { maskPhone } from '@app/kernel';
import { until } from './api-client';

/** Reads one-time codes where a developer would: in the lines of the development sender, phone masked. */
export class CodeReader {
  #from: number;

  constructor(private readonly path: string) {
    this.#from = statSync(path).size;
  }

  /** The newest code sent to the phone since the reader began to look. */
  codeFor(phone: string): Promise<string> {
    const masked = maskPhone(phone);
    const pattern = new RegExp(`one-time code (\\d{6}) for ${masked.replaceAll('*', '\\*')}`, 'g');
    return until(`the one-time code of ${masked}`, () =>
      Promise.resolve([...this.tail().matchAll(pattern)].at(-1)?.[1]),
    );
  }

  /** Forgets what was written before now. */
  skip(): void {
    this.#from = statSync(this.path).size;
  }

  private tail(): string {
    const length = statSync(this.path).size - this.#from;
    if (length <= 0) return '';
    const file = openSync(this.path, 'r');
    try {
      const buffer = Buffer.alloc(length);
      readSync(file, buffer, 0, length, this.#from);
      return buffer.toString('utf8');
    } finally {
      closeSync(file);
    }
  }
}
