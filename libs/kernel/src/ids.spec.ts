import { idOf, isUuid } from './ids';

describe('the id of a name', () => {
  it('is what it has always been: entries are found by it for ever', () => {
    expect(idOf('key', 'county', 'order-1')).toBe('e0b157dc-190d-8331-b5a0-b32148e48662');
    expect(idOf('ledger.batch', '')).toBe('4def4195-4123-8786-9b20-728f2882325c');
    expect(idOf('汉阴', '县')).toBe('440c87f4-2f8d-80fa-9dc1-440ed464102c');
  });

  it('is a uuid of version 8, and another one for other parts', () => {
    const ids = Array.from({ length: 200 }, (_, i) => idOf('a', String(i)));
    expect(ids.every((id) => isUuid(id) && id[14] === '8' && '89ab'.includes(id[19]!))).toBe(true);
    expect(new Set(ids).size).toBe(200);
    expect(idOf('a', 'b')).not.toBe(idOf('ab'));
  });
});
