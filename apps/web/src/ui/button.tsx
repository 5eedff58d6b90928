import type { ButtonHTMLAttributes, ReactNode } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'main' | 'plain' | 'danger' | 'quiet';
  readonly size?: 'usual' | 'small' | 'wide';
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** Never smaller than a thumb; while busy it cannot be pressed again. */
export function Button({ look = 'plain', size = 'usual', busy = false, disabled, children, ...rest }: Props) {
  const names = ['button', `button-${look}`, `button-${size}`].join(' ');
  return (
    <button
      type="button"
      {...rest}
      className={names}
      disabled={busy || disabled}
      aria-busy={busy || undefined}
    >
      {children}
    </button>
  );
}
