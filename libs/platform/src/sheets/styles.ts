import { formOf, type NumberForm } from './number-format.rules';
import { readXml } from './xml';
import type { ZipParts } from './zip-parts';

/** The form of a number by the number of its cell's style. */
export async function readForms(zip: ZipParts, part: string | undefined): Promise<readonly NumberForm[]> {
  const codes = new Map<number, string>();
  const forms: NumberForm[] = [];
  if (part === undefined || !zip.has(part)) return forms;
  let isInCells = false;
  await readXml(zip.text(part), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) {
        const id = Number(attributes.numFmtId ?? 0);
        forms.push(formOf(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return forms;
}
