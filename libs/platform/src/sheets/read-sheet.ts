import { ok, refuse, type Result } from '@app/kernel';
import { readSharedStrings } from './shared-strings';
import { FileRefused, type SheetFault } from './sheet-faults';
import { SheetReader, type SheetBook, type SheetLimits, type SheetRow } from './sheet-reader';
import { readForms } from './styles';
import { openWorkbook, type SheetPart } from './workbook-parts';
import { readXml } from './xml';
import { ZipParts } from './zip-parts';

export interface Sheet {
  readonly name: string;
  /** Rows of nothing are left out. */
  readonly rows: readonly SheetRow[];
  /** What is wrong with some of the cells, the rows or the columns; the first 20,000 of all. */
  readonly faults: readonly SheetFault[];
  readonly faultsTotal: number;
}

export interface SheetWish extends SheetLimits {
  /** Names of sheets that only explain and are passed over. */
  readonly notes?: readonly string[];
}

/** A zip's, and the compound file of an old or encrypted workbook. */
const [ZIP, COMPOUND] = ['504b', 'd0cf11e0a1b11ae1'];

/** Whether the bytes are a workbook's, readable or not, and no text. */
export const looksLikeWorkbook = (bytes: Buffer): boolean =>
  bytes.subarray(0, 2).toString('hex') === ZIP || bytes.subarray(0, 8).toString('hex') === COMPOUND;

/**
 * Reads the rows of a workbook's one sheet with data: what a person sees there, as text. Nothing in it runs, is
 * computed, is fetched or is trusted to be as large as it says. Refuses what cannot be read as a whole, and tells
 * all other faults by their places.
 */
export async function readSheet(bytes: Buffer, wish: SheetWish): Promise<Result<Sheet, SheetFault>> {
  try {
    return ok(await read(bytes, wish));
  } catch (error) {
    if (error instanceof FileRefused) return refuse(error.fault);
    throw error;
  }
}

async function read(bytes: Buffer, { notes = [], ...limits }: SheetWish): Promise<Sheet> {
  const magic = bytes.subarray(0, 8).toString('hex');
  if (magic === COMPOUND) throw new FileRefused('FILE_OLD_OR_ENCRYPTED');
  if (!magic.startsWith(ZIP)) throw new FileRefused('FILE_NOT_WORKBOOK');
  const zip = await ZipParts.open(bytes);
  const { sheets, sharedStrings, styles, isFrom1904 } = await openWorkbook(zip);
  const wanted = sheets.filter(({ name }) => !notes.includes(name));
  const first = wanted.find(({ isHidden }) => !isHidden);
  if (!first) throw new FileRefused('FILE_NOT_WORKBOOK');
  for (const other of wanted) {
    if (other !== first && (await hasData(zip, other)))
      throw new FileRefused('SHEETS_SEVERAL', { value: other.name });
  }
  const book: SheetBook = {
    strings: await readSharedStrings(zip, sharedStrings),
    forms: await readForms(zip, styles),
    isFrom1904,
  };
  const reader = new SheetReader(book, limits);
  await readXml(zip.text(first.part), reader);
  reader.end();
  const { rows, faults, faultsTotal } = reader;
  return { name: first.name, rows, faults, faultsTotal };
}

/** Looks no further than the first cell that says anything. */
async function hasData(zip: ZipParts, { part }: SheetPart): Promise<boolean> {
  const look = { isDone: false, isInCell: false, found: false };
  await readXml(zip.text(part), {
    get isDone() {
      return look.isDone;
    },
    open: (name) => {
      if (name === 'c') look.isInCell = true;
      else if (look.isInCell && (name === 'v' || name === 'is' || name === 'f'))
        look.isDone = look.found = true;
    },
    close: (name) => {
      if (name === 'c') look.isInCell = false;
      else if (name === 'sheetData') look.isDone = true;
    },
  });
  return look.found;
}
