import { ok, refuse, type Result } from '@app/kernel';
import { FEATURES_TOO_MANY } from './geojson-file';
import { keyFieldOf, type KeyWanted } from './key-field.rules';
import { mapProblem, type MapProblem } from './map-error';
import { FEATURES_MAX } from './map-features';

export interface DbfColumn {
  readonly field: string;
  /** By row; null where the row is marked as deleted. */
  readonly values: readonly (string | null)[];
}

const HEADER_BYTES = 32;
const FIELD_BYTES = 32;
const FIELDS_MAX = 255;
const END_OF_FIELDS = 0x0d;
const DELETED = 0x2a;
/** The language byte of Chinese Windows. */
const GBK_MARK = 0x4d;
const NAME_BYTES = 11;

interface Field {
  readonly name: Buffer;
  readonly at: number;
  readonly length: number;
}

/** The column of a DBF table that names the parcels. Every length the file tells is held against the bytes there are. */
export function readDbfColumn(
  bytes: Buffer,
  { cpg, ...wanted }: KeyWanted & { readonly cpg: string | undefined },
): Result<DbfColumn, MapProblem> {
  if (bytes.length < HEADER_BYTES) return refuse(DAMAGED);
  const rows = bytes.readUInt32LE(4);
  const start = bytes.readUInt16LE(8);
  const rowBytes = bytes.readUInt16LE(10);
  const fields = fieldsOf(bytes, start);
  if (!fields) return refuse(DAMAGED);
  if (rows > FEATURES_MAX) return refuse(FEATURES_TOO_MANY);
  const width = fields.reduce((sum, { length }) => sum + length, 1);
  if (width !== rowBytes || start + rows * rowBytes > bytes.length) return refuse(DAMAGED);
  const decoder = decoderOf(bytes, cpg, fields);
  if (!decoder.ok) return decoder;
  const decode = decoder.value;
  const names = fields.map(({ name }) => decode(name));
  const found = keyFieldOf(names, wanted);
  if (!found.ok) return found;
  const { at, length } = fields[names.indexOf(found.value)]!;
  const values = Array.from({ length: rows }, (_none, row) => {
    const from = start + row * rowBytes;
    if (bytes[from] === DELETED) return null;
    return decode(bytes.subarray(from + at, from + at + length));
  });
  return ok({ field: found.value, values });
}

function fieldsOf(bytes: Buffer, start: number): Field[] | undefined {
  const fields: Field[] = [];
  let at = 1;
  for (let from = HEADER_BYTES; bytes[from] !== END_OF_FIELDS; from += FIELD_BYTES) {
    if (from + FIELD_BYTES > Math.min(start, bytes.length) || fields.length >= FIELDS_MAX) return undefined;
    const name = bytes.subarray(from, from + NAME_BYTES);
    const end = name.indexOf(0);
    const length = bytes.readUInt8(from + 16);
    fields.push({ name: end < 0 ? name : name.subarray(0, end), at, length });
    at += length;
  }
  return fields.length > 0 ? fields : undefined;
}

const SAMPLE_BYTES = 1_000_000;

/** What the .cpg says; else what the table says; else UTF-8 if it is that, and GB18030, of which GBK is a part, if not. */
function decoderOf(
  bytes: Buffer,
  cpg: string | undefined,
  fields: readonly Field[],
): Result<(part: Buffer) => string, MapProblem> {
  const said =
    cpg
      ?.trim()
      .toLowerCase()
      .replace(/^cp|[^a-z0-9]/g, '') ?? '';
  const named = ENCODINGS[said];
  if (said !== '' && !named) return refuse(ENCODING_UNKNOWN);
  const encoding = named ?? (bytes[29] === GBK_MARK ? 'gb18030' : guess(bytes, fields));
  const decoder = new TextDecoder(encoding);
  return ok((part) => decoder.decode(part).replace(/\0+/g, '').trim());
}

const ENCODINGS: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  '65001': 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  '936': 'gb18030',
  ansi936: 'gb18030',
  big5: 'big5',
  '950': 'big5',
  '1252': 'windows-1252',
  '88591': 'windows-1252',
  iso88591: 'windows-1252',
};

function guess(bytes: Buffer, fields: readonly Field[]): string {
  try {
    const strict = new TextDecoder('utf-8', { fatal: true });
    for (const { name } of fields) strict.decode(name);
    // A sample may end inside a character, which streaming lets pass.
    strict.decode(bytes.subarray(HEADER_BYTES + fields.length * FIELD_BYTES + 1).subarray(0, SAMPLE_BYTES), {
      stream: true,
    });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

const DAMAGED = mapProblem(
  'DBF_DAMAGED',
  '完整的 .dbf：表头所说的长度、字段与行数须与文件相符；请重新导出',
  'a whole .dbf whose header tells its true lengths, fields and rows; export it again',
);
const ENCODING_UNKNOWN = mapProblem(
  'ENCODING_UNKNOWN',
  '.cpg 文件写 UTF-8 或 GBK',
  'UTF-8 or GBK in the .cpg file',
);
