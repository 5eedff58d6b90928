import { crc32 } from 'node:zlib';

import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

import { asRefused, FileRefused } from './sheet-faults';

/** What all parts of a workbook may unpack to: several times 100,000 rows of 40 columns. */
const UNPACKED_BYTES_MAX = 256 * 1024 * 1024;
const PARTS_MAX = 2_000;
/** Sheets shrink to a tenth or a thirtieth; deflate itself ends near a thousandth. */
const RATIO_MAX = 200;
const SMALL_BYTES = 1024 * 1024;

/** The parts of a workbook, none of them unpacked before it is asked for, and never to more than it says. */
export class ZipParts {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(bytes: Buffer): Promise<ZipParts> {
    try {
      // The sizes are checked here, where what was unpacked is also told from what is damaged.
      const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: false });
      return new ZipParts(zip, await directoryOf(zip));
    } catch (error) {
      throw asRefused(error);
    }
  }

  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The text of a part, some at a time. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry) throw new FileRefused('FILE_DAMAGED');
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let [size, sum] = [0, 0];
    for await (const chunk of await this.zip.openReadStreamPromise(entry)) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > entry.uncompressedSize) throw new FileRefused('FILE_ZIP_BOMB');
      sum = crc32(bytes, sum);
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
    if (size < entry.uncompressedSize || sum !== entry.crc32) throw new FileRefused('FILE_DAMAGED');
  }
}

async function directoryOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > PARTS_MAX) throw new FileRefused('FILE_TOO_LARGE');
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new FileRefused('FILE_OLD_OR_ENCRYPTED');
    // Two parts of one name are read as one by some and as the other by others.
    if (!entry.canDecodeFileData() || entries.has(entry.fileName)) throw new FileRefused('FILE_DAMAGED');
    const { uncompressedSize: size, compressedSize: packed } = entry;
    if (size > SMALL_BYTES && size > RATIO_MAX * packed) throw new FileRefused('FILE_ZIP_BOMB');
    unpacked += size;
    if (unpacked > UNPACKED_BYTES_MAX) throw new FileRefused('FILE_TOO_LARGE');
    entries.set(entry.fileName, entry);
  }
  return entries;
}
