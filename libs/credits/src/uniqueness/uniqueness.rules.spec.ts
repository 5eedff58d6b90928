import { uniquenessOf } from './uniqueness.rules';

const check = (registry: string, importedOn: string) => ({ registry, importedOn, listOn: '2026-01-31' });

describe('what is said of being counted once', () => {
  it('names the day of the newest import, whichever registry it was of', () => {
    const said = uniquenessOf([
      check('CCER', '2026-02-01'),
      check('VCS', '2026-03-05'),
      check('GS', '2026-01-09'),
    ]);
    expect([said.zh, said.en, said.lastImportedOn]).toEqual([
      '在本账簿内不重复登记；其他登记机构凭导入的清单核对，最近导入：2026-03-05',
      'Counted once within this book; other registries are checked by imported lists, last imported on 2026-03-05',
      '2026-03-05',
    ]);
  });

  it('admits that nothing was imported', () => {
    const said = uniquenessOf([]);
    expect(said.lastImportedOn).toBeNull();
    expect(said.zh).toContain('尚未导入过清单');
    expect(said.en).toContain('none imported yet');
  });
});
