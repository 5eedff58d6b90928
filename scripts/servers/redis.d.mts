export function startRedis(wish: {
  readonly folder: string;
  readonly password: string;
  readonly logFile: string;
}): Promise<{
  readonly url?: string;
  readonly describe: string;
  readonly isShared: boolean;
  stop(): Promise<void>;
}>;
