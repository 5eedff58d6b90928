import { maskPhone } from '@app/kernel';
import { CodeSender } from './code-sender';

/** Prints `one-time code 123456 for 138****5678` on the process output, whatever the log level. */
export class DevelopmentCodeSender extends CodeSender {
  constructor(private readonly print: (line: string) => void = (line) => process.stdout.write(`${line}\n`)) {
    super();
  }

  send(phone: string, code: string): Promise<void> {
    this.print(`one-time code ${code} for ${maskPhone(phone)}`);
    return Promise.resolve();
  }
}
