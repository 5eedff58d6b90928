import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { csv, household, openBook, parcel, right } from '../invariants/registry-book';
import { appEnvironment, createTestDatabase, startApp, type TestDatabase } from '../support';

describe('the command registry', () => {
  let database: TestDatabase;
  let elsewhere: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    elsewhere = await createTestDatabase();
    for (const one of [database, elsewhere]) await openBook(one, 'county');
    folder = await mkdtemp(join(tmpdir(), 'tanhui-registry-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    for (const one of [database, elsewhere]) await one.drop();
  });

  const inFolder = (name: string): string => join(folder, name);
  const run = async (on: TestDatabase, ...args: readonly string[]): Promise<[number | null, string]> => {
    const environment = { PATH: process.env.PATH, ...appEnvironment(on) };
    const cli = startApp('cli', environment, ['registry', ...args]);
    while (!cli.hasEnded()) await new Promise((next) => setTimeout(next, 20));
    return [cli.exitCode(), cli.output()];
  };
  const load = (on: TestDatabase, kind: string, file: string, ...more: readonly string[]) =>
    run(on, 'import', '--book', 'county', '--kind', kind, '--file', inFolder(file), ...more);
  const save = (on: TestDatabase, kind: string, file: string) =>
    run(on, 'export', '--book', 'county', '--kind', kind, '--personal', 'whole', '--out', inFolder(file));

  it('tells what a file would do, loads it, and carries the registry to another installation', async () => {
    await writeFile(inFolder('parties.csv'), csv('parties', [household(1), household(2)]));
    await writeFile(inFolder('parcels.csv'), csv('parcels', [parcel(1)]));
    await writeFile(inFolder('rights.csv'), csv('rights', [right(1, 1)]));
    const [dry, told] = await load(database, 'parties', 'parties.csv', '--dry-run');
    expect([dry, told]).toEqual([0, expect.stringContaining('新增权利人 2 个')]);
    expect(told).toContain('nothing was loaded');
    for (const kind of ['parties', 'parcels', 'rights']) {
      expect(await load(database, kind, `${kind}.csv`)).toEqual([
        0,
        expect.stringContaining('rows were loaded.'),
      ]);
      expect(await save(database, kind, `${kind}.xlsx`)).toEqual([0, '']);
      expect(await load(elsewhere, kind, `${kind}.xlsx`)).toEqual([
        0,
        expect.stringContaining('rows were loaded.'),
      ]);
      await save(database, kind, 'here.csv');
      await save(elsewhere, kind, 'there.csv');
      expect(await readFile(inFolder('there.csv'))).toEqual(await readFile(inFolder('here.csv')));
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
    // Sixteen processes, one after the other.
  }, 300_000);

  it('takes in another registry’s list, tried first, with what is to be mended or looked into', async () => {
    expect(
      await run(database, 'template', '--kind', 'external-list', '--out', inFolder('list.xlsx')),
    ).toEqual([0, '']);
    expect((await readFile(inFolder('list.xlsx'))).subarray(0, 2).toString()).toBe('PK');
    const list = (file: string, ...more: string[]) =>
      run(
        database,
        ...[
          'import-list',
          '--book',
          'county',
          '--registry',
          'VCS',
          '--list-on',
          '2026-02-28',
          '--source',
          '网站',
        ],
        ...['--file', inFolder(file), ...more],
      );
    const header = 'project_no,place,parcel_code,from,to';
    await writeFile(inFolder('wrong.csv'), `${header}\nV-1,610924,XB00001,2024/1/1,2030-12-31\n`);
    expect(await list('wrong.csv')).toEqual([
      1,
      expect.stringMatching(/row 2, from: DATE_MALFORMED.*写作 2024-01-01/s),
    ]);
    await writeFile(inFolder('list.csv'), `${header}\nV-1,610924,XB00001,2024-01-01,2030-12-31\n`);
    expect(await list('list.csv', '--dry-run')).toEqual([0, expect.stringContaining('nothing was taken in')]);
    expect(await list('list.csv')).toEqual([
      0,
      expect.stringMatching(/清单 1 条，项目 1 个.*1 rows were taken in/s),
    ]);
    expect(await list('list.csv')).toEqual([1, expect.stringContaining('taken in before')]);
    // Six processes, one after the other.
  }, 300_000);

  it('names every wrong row and loads nothing', async () => {
    const wrong = [household(8, { phone: '1' }), household(9, { kind: 'nobody' })];
    await writeFile(inFolder('wrong.csv'), csv('parties', wrong));
    const [code, told] = await load(database, 'parties', 'wrong.csv');
    expect([code, told]).toEqual([
      1,
      expect.stringMatching(/row 2, phone: PHONE_MALFORMED[^]*row 3, kind: VALUE_UNKNOWN/),
    ]);
    expect(told).toContain('2 faults. Nothing was loaded.');
  });

  it('makes a template without any database, and says how it is called', async () => {
    expect(await run(database, 'template', '--kind', 'parcels', '--out', inFolder('template.xlsx'))).toEqual([
      0,
      '',
    ]);
    expect((await readFile(inFolder('template.xlsx'))).subarray(0, 2).toString()).toBe('PK');
    for (const args of [[], ['export', '--kind', 'people'], ['import', '--kind', 'parties']]) {
      expect(await run(database, ...args)).toEqual([2, expect.stringContaining('registry export --book')]);
    }
  });
});
