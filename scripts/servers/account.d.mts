export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
  readonly name?: string;
}
export function serverAccount(): ServerAccount;
