import { wordsOf, type MessageFacts } from './message.words';

const FACTS: MessageFacts = {
  ...{ kind: 'own-loss', reversalKind: 'fire', day: '2026-02-20', parcels: 2, parties: 0 },
  ...{
    lostGrams: 1_538_000n,
    holdingGrams: 500n,
    bufferGrams: 307_500n,
    voidGrams: 0n,
    owedGrams: 1_230_000n,
  },
  stoodInGrams: 0n,
};

describe('the words of a message', () => {
  it('tell a household how much it lost and what becomes of each part', () => {
    expect(wordsOf(FACTS)).toEqual({
      zh:
        '碳汇逆转（火灾，2026-02-20）：你家 2 个小班已登记的碳汇量减少 1,538 千克，其中未卖的 0.5 千克（作废）、缓冲量 307.5 千克（作废）、' +
        '已卖出或已被订的 1,230 千克（由缓冲量替换，不够的记为缺口）。有疑问请找村经办或林业局。',
      en:
        'Sink credits reversed (fire, 2026-02-20): 1,538 kg of the credits of 2 of your parcels are lost: 0.5 kg unsold, cancelled; ' +
        '307.5 kg of the buffer, cancelled; 1,230 kg sold or ordered, replaced as far as the buffers reach. ' +
        'Ask the village clerk or the forestry bureau.',
    });
  });

  it('leave out what is nothing and say what stood in', () => {
    const { zh } = wordsOf({ ...FACTS, holdingGrams: 0n, owedGrams: 0n, stoodInGrams: 1n });
    expect(zh).not.toMatch(/未卖的|已卖出或/);
    expect(zh).toContain('你家的缓冲量有 0.001 千克用来替换');
  });

  it('tell a village and a buyer theirs', () => {
    expect(wordsOf({ ...FACTS, kind: 'village-loss', parties: 7 }).zh).toContain(
      '本村 2 个小班、7 户（主体）',
    );
    expect(wordsOf({ ...FACTS, kind: 'card-loss' }).en).toContain('They stay yours');
    expect(wordsOf({ ...FACTS, kind: 'stood-in', stoodInGrams: 12_345_678n }).en).toContain(
      '12,345.678 kg of your buffer',
    );
  });
});
