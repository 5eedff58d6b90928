export function newRunName(): string;
export function openRun(
  adminUrl: string,
  run: string,
  passwords: Record<string, string>,
): Promise<Record<'owner' | 'app' | 'auditor' | 'demo', string>>;
