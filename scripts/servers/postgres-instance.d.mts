import type { ChildProcess } from 'node:child_process';

import type { ServerAccount } from './account.mjs';

export interface Instance {
  readonly url: string;
  readonly describe: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}
export function startInstance(wish: {
  readonly dataDir: string;
  readonly password: string;
  readonly logFile: string;
  readonly isKept: boolean;
  readonly account: ServerAccount;
}): Promise<Instance>;
