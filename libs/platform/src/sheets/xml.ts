import { SaxesParser } from 'saxes';

import { asRefused, FileRefused } from './sheet-faults';

/** A workbook's own parts are less than ten deep. */
const DEPTH_MAX = 64;
/** How much of a part may go by without an element beginning or ending: a cell has at most 32,767 characters. */
const SILENCE_MAX = 1024 * 1024;

export type Attributes = Readonly<Record<string, string>>;

/** What is told of a part; names without their prefix. */
export interface XmlListener {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Asked between pieces of the text. */
  readonly isDone?: boolean;
}

/** Reads a part of a workbook: no DTD, no entities but XML's own five, nothing deep, nothing endless. */
export async function readXml(text: AsyncIterable<string>, listener: XmlListener): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let silence = 0;
  const local = (name: string): string => {
    silence = 0;
    const colon = name.indexOf(':');
    return colon < 0 ? name : name.slice(colon + 1);
  };
  parser.on('doctype', () => {
    throw new FileRefused('FILE_DTD');
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > DEPTH_MAX) throw new FileRefused('FILE_DAMAGED');
    listener.open?.(local(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    listener.close?.(local(tag.name));
  });
  const told = (piece: string): void => listener.text?.(piece);
  parser.on('text', told);
  parser.on('cdata', told);
  try {
    for await (const piece of text) {
      silence += piece.length;
      if (silence > SILENCE_MAX) throw new FileRefused('FILE_DAMAGED');
      parser.write(piece);
      if (listener.isDone) return;
    }
    parser.close();
  } catch (error) {
    throw asRefused(error);
  }
}
