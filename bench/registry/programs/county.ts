import type { ImportKind } from '@app/registry';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const FIRST_BIRTH = Date.UTC(1930, 0, 1);
const CLASSES = ['broadleaf', 'mixed', 'conifer', 'bamboo', 'economic', 'tea'];
const AGES = ['young', 'middle', 'near-mature', 'mature'];

const eight = (serial: number): string => String(serial).padStart(8, '0');

/** A made-up number that no other serial has, its last place right. */
function residentNumber(serial: number): string {
  const born = new Date(FIRST_BIRTH + Math.floor(serial / 1_000) * 86_400_000).toISOString().slice(0, 10);
  const body = `610924${born.replaceAll('-', '')}${String(serial % 1_000).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (WEIGHTS[at] ?? 0), 0);
  return `${body}${'10X98765432'[sum % 11] ?? ''}`;
}

type Row = (serial: number, village: string) => readonly string[];

const COLUMNS: Readonly<Record<'parties' | 'parcels' | 'rights', readonly [header: string, row: Row]>> = {
  parties: [
    'external_no,kind,name,region_code,id_number,phone,bank,bank_account,account_holder',
    (n, village) => [
      ...[`H${eight(n)}`, 'household', `户主${n}`, village, residentNumber(n), `139${eight(n)}`],
      ...['农村信用社', `621799${eight(n)}00001`, `户主${n}`],
    ],
  ],
  parcels: [
    'parcel_code,land_unit_code,village_code,forest_class,age_group,origin,public_welfare_level,tenure,area_mu,' +
      'right_registered,certificate_no,scope_decision,scope_from,scope_to',
    (n, village) => [
      ...[`X${eight(n)}`, `L${eight(n)}`, village, CLASSES[n % 6] ?? '', AGES[n % 4] ?? '', 'natural'],
      ...['national', 'individual', `${1 + (n % 40)}.${String(10 + (n % 90))}`, 'true', `林证字${eight(n)}`],
      ...['范围〔2024〕18号', '2024-01-01', ''],
    ],
  ],
  rights: [
    'parcel_code,party_external_no,right_kind,share_percent,valid_from,valid_to,document_no',
    (n) => [`X${eight(n)}`, `H${eight(n)}`, 'management', '100', '2020-01-01', '', `合同${eight(n)}`],
  ],
};

export type CountyKind = keyof typeof COLUMNS & ImportKind;
export const COUNTY_KINDS: readonly CountyKind[] = ['parties', 'parcels', 'rights'];

/** Rows of a county in which everybody has a parcel of their own, as cells. */
export function* rowsOf(
  kind: CountyKind,
  { from, count, villages }: CountyPart,
): Generator<readonly string[]> {
  for (let n = from; n < from + count; n += 1) yield COLUMNS[kind][1](n, villages[n % villages.length] ?? '');
}

export interface CountyPart {
  readonly from: number;
  readonly count: number;
  readonly villages: readonly string[];
}

/** The CSV file of a part of the county. */
export function csvOf(kind: CountyKind, part: CountyPart): Buffer {
  const lines = [COLUMNS[kind][0]];
  for (const cells of rowsOf(kind, part)) lines.push(cells.join(','));
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** The columns of the file's header. */
export const headingsOf = (kind: CountyKind): readonly string[] => COLUMNS[kind][0].split(',');
