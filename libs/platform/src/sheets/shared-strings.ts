import { FileRefused } from './sheet-faults';
import { readXml } from './xml';
import type { ZipParts } from './zip-parts';

const STRINGS_MAX = 2_000_000;

/** The texts that cells refer to by number. Rich text counts as its letters; how Chinese is read out, not at all. */
export async function readSharedStrings(zip: ZipParts, part: string | undefined): Promise<readonly string[]> {
  const strings: string[] = [];
  if (part === undefined || !zip.has(part)) return strings;
  let text = '';
  let isText = false;
  let isPhonetic = false;
  await readXml(zip.text(part), {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = !isPhonetic;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        if (strings.length === STRINGS_MAX) throw new FileRefused('FILE_TOO_LARGE');
        strings.push(text);
      }
    },
  });
  return strings;
}
