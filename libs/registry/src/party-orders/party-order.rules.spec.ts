import { changedFields, eventWords, PARTY_EVENTS, suits, type PartyFacts } from './party-order.rules';

const facts: PartyFacts = {
  ...{ externalNo: 'HH1', name: '甲', region: '610924100001' },
  ...{
    idNumberSealed: Buffer.from('s1'),
    idNumberIndex: Buffer.from('i1'),
    phoneSealed: null,
    phoneIndex: null,
  },
};

it('what changed is told by the index of a personal number, not by its seal', () => {
  expect(changedFields(facts, { ...facts, idNumberSealed: Buffer.from('s2') })).toEqual([]);
  expect(
    changedFields(facts, {
      ...facts,
      name: '乙',
      idNumberIndex: Buffer.from('i2'),
      phoneIndex: Buffer.from('p'),
    }),
  ).toEqual(['name', 'idNumber', 'phone']);
});

it('only households split, join and change their head; anybody is closed and corrected', () => {
  expect(PARTY_EVENTS.filter((event) => suits(event, 'household'))).toEqual(PARTY_EVENTS);
  expect(PARTY_EVENTS.filter((event) => suits(event, 'enterprise'))).toEqual(['close', 'correct']);
});

it('an event is told by the numbers of its parties, without a name', () => {
  const order = { party: { externalNo: 'HH1' }, other: { externalNo: 'HH9' }, day: '2026-03-02' };
  const told = PARTY_EVENTS.map((event) =>
    eventWords({ ...order, event, changed: ['name', 'phone'], moves: [1, 2], staying: [3] }),
  );
  expect(told.map(({ zh }) => zh)).toEqual([
    'HH1 自 2026-03-02 起分户，新户 HH9；变动权利 2 项',
    'HH1 自 2026-03-02 起并入 HH9，原户销户；变动权利 2 项',
    'HH1 自 2026-03-02 起销户；变动权利 2 项，留待处理 1 项',
    'HH1 自 2026-03-02 起变更户主',
    'HH1 自 2026-03-02 起更正：名称、电话',
  ]);
  expect(told[1]!.en).toBe('From 2026-03-02 HH1 joins HH9 and is closed; rights that move: 2');
});
