import { ok, refuse, type Result } from '@app/kernel';
import {
  PaymentChannel,
  PayoutSteps,
  type BankResult,
  type BatchFile,
  type ChannelRefusal,
  type FileLine,
  type PayoutStep,
  type ResultsPage,
} from '@app/disbursement';

export type Script = (line: FileLine) => Pick<BankResult, 'result' | 'reason'> | undefined;

/** A bank in memory: keeps what it was given, pays each batch number once, and answers by script. */
export class ScriptedBank extends PaymentChannel {
  readonly accepted = new Map<string, BatchFile>();
  sendings = 0;
  isLinked = true;
  /** Takes the file and then loses its own answer, this many times. */
  answersLost = 0;
  refusesWith: number | undefined;
  script: Script = () => ({ result: 'S', reason: null });
  /** What it answers instead of the script, by batch number. */
  readonly pages = new Map<string, BankResult[]>();

  override async submit(file: BatchFile): Promise<Result<void, ChannelRefusal>> {
    this.sendings += 1;
    if (this.refusesWith !== undefined) return refuse({ code: 'BANK_REFUSED', status: this.refusesWith });
    const known = this.accepted.get(file.batchNo);
    if (known && known.digest !== file.digest) return refuse({ code: 'BANK_REFUSED', status: 409 });
    this.accepted.set(file.batchNo, file);
    if (this.answersLost > 0) {
      this.answersLost -= 1;
      return refuse({ code: 'BANK_UNREACHABLE' });
    }
    return ok(undefined);
  }

  override async results(
    no: string,
    after: string | undefined,
  ): Promise<Result<ResultsPage, ChannelRefusal>> {
    const from = Number(after ?? 0);
    const all = this.pages.get(no) ?? this.scripted(no);
    const results = all.slice(from, from + 700);
    return ok({ results, next: String(from + results.length) });
  }

  /** What the script says about a batch the bank has. */
  scripted(no: string): BankResult[] {
    const lines = this.accepted.get(no)?.lines ?? [];
    return lines.flatMap((line) => {
      const said = this.script(line);
      return said
        ? [{ ...said, seq: line.seq, key: line.key, amountFen: line.amountFen, bankSerial: 'X1' }]
        : [];
    });
  }

  /** Every line the bank was ever asked to pay, over all batches. */
  keys(): string[] {
    return [...this.accepted.values()].flatMap(({ lines }) => lines.map(({ key }) => key));
  }
}

/** Kills the process, as far as a test can tell, when a step is reached for the nth time. */
export class ScriptedSteps extends PayoutSteps {
  readonly seen: PayoutStep[] = [];
  #dies: { step: PayoutStep; in: number } | undefined;

  dieAt(step: PayoutStep, time = 1): void {
    this.#dies = { step, in: time };
  }

  /** The next life. */
  live(): void {
    this.#dies = undefined;
    this.seen.length = 0;
  }

  override reached(step: PayoutStep): void {
    this.seen.push(step);
    if (this.#dies?.step !== step) return;
    this.#dies.in -= 1;
    if (this.#dies.in === 0) throw new Error(`killed at ${step}`);
  }
}
