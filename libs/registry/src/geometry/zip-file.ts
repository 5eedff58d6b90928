import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

import { ok, refuse, type Result } from '@app/kernel';
import { mapProblem, type MapProblem } from './map-error';

const ENTRIES_MAX = 1_000;

export interface ZipMember {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The members of a zip that are wanted. Sizes are judged by what the zip says before anything is unpacked, and
 * unpacking stops when there comes more than was said: a bomb costs nothing.
 */
export async function readZip(
  bytes: Buffer,
  sizeMaxOf: (name: string) => number | undefined,
): Promise<Result<{ names: string[]; members: ZipMember[] }, MapProblem>> {
  let zip: ZipFile;
  let entries: Entry[];
  try {
    zip = await open(bytes);
    entries = await entriesOf(zip);
  } catch {
    return refuse(DAMAGED);
  }
  if (zip.entryCount > ENTRIES_MAX) return refuse(TOO_LARGE);
  const members: ZipMember[] = [];
  for (const entry of entries) {
    const sizeMax = sizeMaxOf(nameOf(entry));
    if (sizeMax === undefined) continue;
    if (entry.isEncrypted()) return refuse(ENCRYPTED);
    if (entry.uncompressedSize > sizeMax) return refuse(TOO_LARGE);
    try {
      members.push({ name: nameOf(entry), bytes: await unpack(zip, entry) });
    } catch {
      return refuse(DAMAGED);
    }
  }
  return ok({ names: entries.map(nameOf), members });
}

/** Names are GBK or UTF-8, as the packer liked; only their ends matter here, which are ASCII in both. */
const nameOf = ({ fileName }: Entry): string => (fileName as unknown as Buffer).toString('latin1');

const open = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(error);
      else resolve(zip);
    });
  });

const entriesOf = (zip: ZipFile): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > ENTRIES_MAX) resolve(entries);
      else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });

const unpack = (zip: ZipFile, entry: Entry): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => resolve(Buffer.concat(chunks)));
    });
  });

const DAMAGED = mapProblem('ZIP_DAMAGED', '完整的 zip 压缩包，请重新压缩', 'a whole zip; pack it again');
const ENCRYPTED = mapProblem('ZIP_ENCRYPTED', '没有密码的 zip', 'a zip without a password');
const TOO_LARGE = mapProblem(
  'ZIP_TOO_LARGE',
  '解压后 .shp 与 .dbf 各不超过 128 MB、不超过 1000 个文件；请按乡镇拆分',
  'at most 128 MB each of .shp and .dbf when unpacked, and 1,000 members; split it by town',
);
