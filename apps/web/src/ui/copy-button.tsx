import { useEffect, useState } from 'react';

import { Button } from './button';

interface Props {
  readonly text: string;
  readonly label: string;
  readonly done: string;
}

const SHOWN_MS = 2_000;

/** Copies a text. Where the page may not reach the clipboard (plain http), the browser's own copying is asked. */
export function CopyButton({ text, label, done }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => setCopied(await copyText(text));
  return (
    <Button size="small" onClick={() => void copy()} aria-live="polite">
      {copied ? done : label}
    </Button>
  );
}

async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}
