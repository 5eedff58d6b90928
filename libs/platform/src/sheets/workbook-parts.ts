import { FileRefused } from './sheet-faults';
import { readXml, type Attributes } from './xml';
import type { ZipParts } from './zip-parts';

/** A sheet of rows as the workbook lists it. */
export interface SheetPart {
  readonly name: string;
  readonly part: string;
  readonly isHidden: boolean;
}

export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
  /** Days are counted from 1904 on, as old Macintosh programs did. */
  readonly isFrom1904: boolean;
}

interface Relation {
  readonly id: string;
  /** The last word of its type: `worksheet`, `styles`, `hyperlink`. */
  readonly type: string;
  readonly target: string;
  readonly isExternal: boolean;
}

/** What a workbook has besides sheets and is never looked into: it runs, or it leads out of the file. */
const ACTIVE =
  /^xl\/(externalLinks|queryTables|embeddings|activeX|ctrlProps|model)\/|^xl\/connections\.xml$/i;
const MACROS = /(^|\/)(vbaProject|vbaData|xlm?Macrosheets?)|macrosheets?\//i;
const WORKBOOK = /spreadsheetml\.(sheet|template)\.main\+xml$/;

/** Finds the parts of the workbook, and refuses what no list of facts needs. */
export async function openWorkbook(zip: ZipParts): Promise<WorkbookParts> {
  if (!zip.has('[Content_Types].xml')) throw new FileRefused('FILE_NOT_WORKBOOK');
  const types = await typesOf(zip);
  if (
    zip.names.some((name) => MACROS.test(name)) ||
    types.some((type) => /macroEnabled|macrosheet/i.test(type))
  ) {
    throw new FileRefused('FILE_MACROS');
  }
  if (!types.some((type) => WORKBOOK.test(type))) throw new FileRefused('FILE_NOT_WORKBOOK');
  const active = zip.names.find((name) => ACTIVE.test(name));
  if (active !== undefined) throw new FileRefused('FILE_EXTERNAL_LINKS', { value: active });
  const main = (await relationsOf(zip, '')).find(({ type }) => type === 'officeDocument');
  if (!main) throw new FileRefused('FILE_NOT_WORKBOOK');
  const relations = await relationsOf(zip, main.target);
  const { listed, isFrom1904 } = await listOf(zip, main.target);
  const byId = new Map(relations.map((relation) => [relation.id, relation]));
  const sheets = listed.flatMap(({ id, name, isHidden }) => {
    const relation = byId.get(id);
    if (!relation) throw new FileRefused('FILE_DAMAGED');
    return relation.type === 'worksheet' ? [{ name, isHidden, part: relation.target }] : [];
  });
  // Links of cells are a sheet's own, and never followed; all else that leads out is refused.
  for (const { part } of sheets) await relationsOf(zip, part);
  const partOf = (wanted: string) => relations.find(({ type }) => type === wanted)?.target;
  return { sheets, sharedStrings: partOf('sharedStrings'), styles: partOf('styles'), isFrom1904 };
}

async function typesOf(zip: ZipParts): Promise<string[]> {
  const types: string[] = [];
  await readXml(zip.text('[Content_Types].xml'), {
    open: (_name, { ContentType }) => {
      if (ContentType !== undefined) types.push(ContentType);
    },
  });
  return types;
}

/** What a part leads to; the package itself is the part without a name. */
async function relationsOf(zip: ZipParts, part: string): Promise<Relation[]> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const rels = `${folder}_rels/${part.slice(slash + 1)}.rels`;
  const relations: Relation[] = [];
  if (!zip.has(rels)) return relations;
  await readXml(zip.text(rels), {
    open: (name, attributes) => {
      if (name === 'Relationship') relations.push(relationOf(attributes, folder));
    },
  });
  const leading = relations.find(({ type, isExternal }) => isExternal && type !== 'hyperlink');
  if (leading) throw new FileRefused('FILE_EXTERNAL_LINKS', { value: leading.type });
  return relations;
}

const relationOf = (
  { Id = '', Type = '', Target = '', TargetMode }: Attributes,
  folder: string,
): Relation => ({
  id: Id,
  type: Type.slice(Type.lastIndexOf('/') + 1),
  target: resolved(folder, Target),
  isExternal: TargetMode === 'External',
});

/** `xl/` and `../worksheets/sheet1.xml` → `worksheets/sheet1.xml`; a leading slash begins at the root. */
function resolved(folder: string, target: string): string {
  const parts: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '' && step !== '.') parts.push(step);
  }
  return parts.join('/');
}

async function listOf(zip: ZipParts, part: string) {
  const listed: { id: string; name: string; isHidden: boolean }[] = [];
  let isFrom1904 = false;
  await readXml(zip.text(part), {
    open: (element, attributes) => {
      if (element === 'workbookPr') isFrom1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (element !== 'sheet') return;
      const id = Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1] ?? '';
      listed.push({
        id,
        name: attributes.name ?? '',
        isHidden: (attributes.state ?? 'visible') !== 'visible',
      });
    },
  });
  return { listed, isFrom1904 };
}
