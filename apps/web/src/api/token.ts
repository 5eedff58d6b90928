const KEY = 'tanhui.token';
const listeners = new Set<() => void>();

/** The bearer token of this tab. It lives in sessionStorage: closing the tab signs out on a shared phone. */
export const readToken = (): string | null => sessionStorage.getItem(KEY);

export function writeToken(token: string | null): void {
  if (token === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token);
  for (const listener of listeners) listener();
}

export function onToken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
