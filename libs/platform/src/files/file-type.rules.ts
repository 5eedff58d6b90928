/** What may be kept, with the endings of its names. The first is the one that a name without any gets. */
export const FILE_ENDINGS = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'application/ofd': ['ofd'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'text/csv': ['csv'],
  'text/plain': ['txt'],
} as const;

export type FileType = keyof typeof FILE_ENDINGS;
export const FILE_TYPES = Object.keys(FILE_ENDINGS) as FileType[];

/** What the bytes show. No byte tells rows of commas from prose. */
export type SeenType = Exclude<FileType, 'text/csv' | 'text/plain'> | 'text';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MAGIC: readonly (readonly [type: Exclude<SeenType, 'text'>, hex: string])[] = [
  ['application/pdf', '255044462d'],
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
];
const ZIP = '504b0304';

/** Other names under which browsers and desktops send the same. */
const ALIASES: Readonly<Record<string, FileType>> = {
  'application/csv': 'text/csv',
  'application/vnd.ofd': 'application/ofd',
  'image/jpg': 'image/jpeg',
};

/** What the first bytes say; a zip may be several things. */
export function seenAtFirst(bytes: Buffer): SeenType | 'zip' | undefined {
  const first = bytes.subarray(0, 8).toString('hex');
  const found = MAGIC.find(([, magic]) => first.startsWith(magic));
  if (found) return found[0];
  if (first.startsWith(ZIP)) return 'zip';
  return isText(bytes) ? 'text' : undefined;
}

/** What a zip is, by its parts. A workbook with macros is none that is kept. */
export function seenInZip(parts: readonly string[]): SeenType | undefined {
  const has = (name: string) => parts.includes(name);
  if (has('OFD.xml')) return 'application/ofd';
  const isWorkbook = has('[Content_Types].xml') && has('xl/workbook.xml') && !has('xl/vbaProject.bin');
  return isWorkbook ? XLSX : undefined;
}

/** UTF-8, or what Chinese desktops save (GB18030), without signs that no text has. */
function isText(bytes: Buffer): boolean {
  const isControl = (byte: number) => byte === 0x7f || (byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte));
  return !bytes.some(isControl) && ['utf-8', 'gb18030'].some((encoding) => reads(encoding, bytes));
}

function reads(encoding: string, bytes: Buffer): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What the sender said it is: by the media type, by the ending of the name. Other words say nothing. */
export function saidTypes(mediaType: string | undefined, name: string): FileType[] {
  const said = (mediaType ?? '').split(';')[0]!.trim().toLowerCase();
  const ending = name.toLowerCase().split('.').slice(1).at(-1);
  return [
    FILE_TYPES.find((type) => type === said) ?? ALIASES[said],
    FILE_TYPES.find((type) => FILE_ENDINGS[type].some((one) => one === ending)),
  ].filter((type) => type !== undefined);
}

/** The type of a file of which this was seen and that was said; or what was said and is not so. */
export function settledType(
  seen: SeenType,
  said: readonly FileType[],
): { readonly type: FileType } | { readonly said: FileType; readonly found: FileType } {
  if (seen !== 'text') {
    const wrong = said.find((type) => type !== seen);
    return wrong === undefined ? { type: seen } : { said: wrong, found: seen };
  }
  const wrong = said.find((type) => type !== 'text/csv' && type !== 'text/plain');
  if (wrong !== undefined) return { said: wrong, found: 'text/plain' };
  return { type: said.includes('text/csv') ? 'text/csv' : 'text/plain' };
}

/** The name under which it is saved: with an ending of its type, so that nothing opens it as something else. */
export function savedName(name: string, type: FileType): string {
  const endings: readonly string[] = FILE_ENDINGS[type];
  const isRight = endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
  return isRight ? name : `${name}.${endings[0]}`;
}

/** No path, and nothing that a shell, a header or a person would read otherwise. */
export const isFileName = (name: string): boolean =>
  name.length >= 1 &&
  name.length <= 200 &&
  name.trim() === name &&
  !/[\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]/u.test(name);
