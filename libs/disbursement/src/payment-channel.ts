import type { Result } from '@app/kernel';

/** One line of an outgoing file. It lives in memory only, between opening the seal and the bank's answer. */
export interface FileLine {
  readonly seq: number;
  readonly account: string;
  readonly holder: string;
  readonly amountFen: bigint;
  /** The payment line's id: the same in every attempt. */
  readonly key: string;
}

export interface BatchFile {
  readonly batchNo: string;
  readonly bank: string;
  readonly totalFen: bigint;
  /** Keyed digest of the lines: the same number with another digest is another file. */
  readonly digest: string;
  readonly lines: readonly FileLine[];
}

/** S paid, F failed with a reason, P the bank does not know yet. */
export type ResultCode = 'S' | 'F' | 'P';

export interface BankResult {
  readonly seq: number;
  readonly key: string;
  readonly amountFen: bigint;
  readonly result: ResultCode;
  readonly reason: string | null;
  readonly bankSerial: string | null;
}

export interface ResultsPage {
  readonly results: readonly BankResult[];
  /** Where the next page begins; the same as before when there is nothing new. */
  readonly next: string;
}

export type ChannelRefusal =
  /** Nobody answered, or the answer was lost: the bank may or may not have it. Ask again. */
  | { readonly code: 'BANK_UNREACHABLE' }
  /** The bank answered no. Nothing changes by itself. */
  | { readonly code: 'BANK_REFUSED'; readonly status: number };

/** The way to the agent bank: a link, or files carried by hand. */
export abstract class PaymentChannel {
  /** False where no link is set up: nothing goes into transit then. */
  abstract get isLinked(): boolean;
  /** Idempotent by batch number and digest: the same file again is accepted again and paid once. */
  abstract submit(file: BatchFile): Promise<Result<void, ChannelRefusal>>;
  /** A page of results after the cursor; the first page without one. */
  abstract results(batchNo: string, after: string | undefined): Promise<Result<ResultsPage, ChannelRefusal>>;
}
