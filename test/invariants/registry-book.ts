import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';

import type { Result } from '@app/kernel';
import { Database, PlatformModule, readEnvironment, UnitOfWork, type WorkContext } from '@app/platform';
import {
  ImportFile,
  RegistryModule,
  type Imported,
  type ImportKind,
  type ImportRefusal,
} from '@app/registry';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

export const COUNTY = '610924';
export const VILLAGE = '610924100001';
export const OTHER_VILLAGE = '610924101200';
/** In another county of the same prefecture. */
export const FOREIGN_VILLAGE = '610921100001';

export const HEADERS: Readonly<Record<ImportKind, string>> = {
  parties: 'external_no,kind,name,region_code,id_number,phone,bank,bank_account,account_holder',
  parcels:
    'parcel_code,land_unit_code,village_code,forest_class,age_group,origin,public_welfare_level,tenure,area_mu,' +
    'right_registered,certificate_no,scope_decision,scope_from,scope_to',
  rights: 'parcel_code,party_external_no,right_kind,share_percent,valid_from,valid_to,document_no',
  consents: 'party_external_no,share_percent,valid_from,valid_to,document_no,witness,signed_on',
};

type Cells = Readonly<Record<string, string>>;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A made-up number that no other serial has, its last place right. */
export function residentNumber(serial: number): string {
  const body = `610924${1950 + Math.floor(serial / 1000)}0101${String(serial % 1000).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * WEIGHTS[index]!, 0);
  return body + '10X98765432'[sum % 11]!;
}

/** A row that is right in every cell, by its serial number; the cells given replace its own. */
export const household = (serial: number, cells: Cells = {}): Cells => ({
  external_no: `HH${String(serial).padStart(5, '0')}`,
  kind: 'household',
  name: `测试户${serial}`,
  region_code: VILLAGE,
  id_number: residentNumber(serial),
  phone: `139${String(10_000_000 + serial)}`,
  bank: '测试银行',
  bank_account: `621799${String(serial).padStart(13, '0')}`,
  account_holder: `测试户${serial}`,
  ...cells,
});

export const parcel = (serial: number, cells: Cells = {}): Cells => ({
  parcel_code: `XB${String(serial).padStart(5, '0')}`,
  land_unit_code: `LU${String(serial).padStart(5, '0')}`,
  village_code: VILLAGE,
  forest_class: 'broadleaf',
  age_group: 'middle',
  origin: 'natural',
  public_welfare_level: 'national',
  tenure: 'individual',
  area_mu: '12.30',
  right_registered: 'true',
  certificate_no: `林证字${String(serial).padStart(8, '0')}`,
  scope_decision: '范围〔2024〕18号',
  scope_from: '2024-01-01',
  scope_to: '',
  ...cells,
});

export const right = (parcelSerial: number, partySerial: number, cells: Cells = {}): Cells => ({
  parcel_code: `XB${String(parcelSerial).padStart(5, '0')}`,
  party_external_no: `HH${String(partySerial).padStart(5, '0')}`,
  right_kind: 'management',
  share_percent: '100',
  valid_from: '2020-01-01',
  valid_to: '',
  document_no: '合同1号',
  ...cells,
});

export const consent = (partySerial: number, cells: Cells = {}): Cells => ({
  party_external_no: `HH${String(partySerial).padStart(5, '0')}`,
  share_percent: '60',
  valid_from: '2026-01-01',
  valid_to: '2028-12-31',
  document_no: 'WT-1',
  witness: '',
  signed_on: '2026-01-05',
  ...cells,
});

/** The file of these rows; cells with a comma or quote are quoted. */
export function csv(kind: ImportKind, rows: readonly Cells[]): string {
  const columns = HEADERS[kind].split(',');
  const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map((row) => columns.map((column) => quoted(row[column] ?? '')).join(','));
  return [HEADERS[kind], ...lines, ''].join('\n');
}

/** A rehearsal book on a database of its own, its clock at 2 March 2026. */
export class RegistryBook {
  private constructor(
    readonly module: TestingModule,
    readonly database: TestDatabase,
    readonly book: number,
  ) {}

  static async open(): Promise<RegistryBook> {
    const database = await createTestDatabase();
    const environment = readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' });
    const module = await Test.createTestingModule({
      imports: [PlatformModule.forProcess('test', environment), RegistryModule],
    }).compile();
    await module.init();
    return new RegistryBook(module, database, await openBook(database, 'registry-test'));
  }

  async close(): Promise<void> {
    await this.module.close();
    await this.database.drop();
  }

  get work(): UnitOfWork {
    return this.module.get(UnitOfWork);
  }

  context(action = 'test.registry'): WorkContext {
    return { book: this.book, actor: 'test', action };
  }

  import(
    kind: ImportKind,
    content: string | Buffer | readonly Cells[],
    given: { regions?: readonly string[]; dryRun?: boolean } = {},
  ): Promise<Result<Imported, ImportRefusal>> {
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : csv(kind, content);
    return this.module.get(ImportFile).execute(this.context('registry.import'), {
      kind,
      bytes: Buffer.from(text),
      bookRegion: COUNTY,
      regions: given.regions ?? [COUNTY],
      dryRun: given.dryRun ?? false,
    });
  }

  query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.module.get(Database).query<Row>(sql, params);
  }

  async count(table: string): Promise<number> {
    const rows = await this.query<{ n: string }>(
      `SELECT count(*) AS n FROM registry.${table} WHERE book = $1`,
      [this.book],
    );
    return Number(rows[0]?.n);
  }
}

/** Opens a rehearsal book of the county; returns its id. */
export async function openBook(database: TestDatabase, code: string, region = COUNTY): Promise<number> {
  const demo = new Client({ connectionString: database.demoUrl });
  await demo.connect();
  try {
    const { rows } = await demo.query<{ id: number }>(
      `SELECT platform.open_rehearsal_book($1, '测试县', $2, '2026-03-02T01:00:00Z') AS id`,
      [code, region],
    );
    return rows[0]!.id;
  } finally {
    await demo.end();
  }
}
