import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

import { zh, type Text } from './zh';

interface Spoken {
  readonly text: Text;
  readonly change: () => void;
}

const KEY = 'tanhui.language';
const Language = createContext<Spoken>({ text: zh, change: () => undefined });

/** Chinese is there at once; English is fetched by whoever asks for it. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [text, setText] = useState<Text>(zh);
  const [wanted, setWanted] = useState(() => localStorage.getItem(KEY) ?? 'zh');
  useEffect(() => {
    let isCurrent = true;
    const load = wanted === 'en' ? import('./en').then(({ en }) => en) : Promise.resolve(zh);
    void load.then((loaded) => {
      if (!isCurrent) return;
      setText(loaded);
      document.documentElement.lang = wanted === 'en' ? 'en' : 'zh-CN';
      document.title = loaded.common.brand;
    });
    return () => {
      isCurrent = false;
    };
  }, [wanted]);
  const change = () => {
    const next = wanted === 'en' ? 'zh' : 'en';
    localStorage.setItem(KEY, next);
    setWanted(next);
  };
  return <Language value={{ text, change }}>{children}</Language>;
}

export const useText = (): Text => useContext(Language).text;

export const useLanguageSwitch = (): (() => void) => useContext(Language).change;

/** The word for a value of the wire; the value itself where nobody has found one. */
export const word = (names: Readonly<Record<string, string>>, value: string): string => names[value] ?? value;
