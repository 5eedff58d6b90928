import {
  carbonSentences,
  moneySentence,
  recordSentence,
  reversalSentences,
  type CarbonFacts,
} from './statement.rules';

const FACTS: CarbonFacts = {
  county: '紫阳县',
  villages: ['高桥镇铁佛村', '红椿镇尚坝村'],
  years: ['2025'],
  grades: ['G1'],
  grams: 12_400n,
  serials: ['610924100-2025-BL-1-12400'],
  retiredFrom: '2026-03-01',
  retiredTo: '2026-03-01',
  methods: ['面积×系数法，2026-示例'],
  verifications: ['县级复核，非独立第三方核证'],
  illustrative: false,
  subsidised: true,
  additional: false,
  bufferGrams: 1_240n,
  rehearsal: false,
};
const MONEY = { suppliersFen: 558n, suppliersPaid: false, afforestationFen: 496n, chargesFen: 186n };
const all = (facts: CarbonFacts): string => recordSentence(facts) + carbonSentences(facts).join('');

describe('the words of a certificate', () => {
  it('are those of the law, with the facts in their places', () => {
    expect(recordSentence(FACTS)).toBe(
      '本证明记载：认购人支持紫阳县高桥镇铁佛村、红椿镇尚坝村2025年度经计量的林业碳汇12400克二氧化碳当量，' +
        '编号610924100-2025-BL-1-12400，已于2026年3月1日在本县台账注销登记，不再供他人认购。' +
        '计量：面积×系数法，2026-示例；县级复核，非独立第三方核证。',
    );
    expect(carbonSentences(FACTS)).toEqual([
      '①本碳汇量不是CCER，不得用于全国碳排放权交易市场配额清缴抵销，不得据此声称产品、个人或组织“碳中和”“零排放”。',
      '②来源林地已享受公益林等财政补偿；未论证额外性。',
      '③其吸收量已计入县、国家温室气体清单，本证明不转移该计入。',
      '④非永久：火灾、病虫、采伐可致损失，缓冲量1240克，当前状态以扫码为准。',
    ]);
    expect(moneySentence(MONEY)).toBe('⑤款项：供给方5.58元（待付），造林4.96元，服务费、税费1.86元。');
    expect(moneySentence({ ...MONEY, suppliersPaid: true })).toContain('供给方5.58元（已到账）');
  });

  it('say when parcels are not subsidised and when retirement took several days', () => {
    expect(carbonSentences({ ...FACTS, subsidised: false, additional: true })[1]).toBe(
      '②来源林地未享受公益林等财政补偿；已论证额外性。',
    );
    expect(recordSentence({ ...FACTS, retiredTo: '2026-04-12' })).toContain(
      '已于2026年3月1日至2026年4月12日在',
    );
  });

  it('mark figures that come of example coefficients', () => {
    expect(recordSentence({ ...FACTS, illustrative: true })).toContain('（示例系数，非核定值）；县级复核');
  });

  it('say of a rehearsal that it is one', () => {
    expect(recordSentence(FACTS)).not.toContain('演练');
    expect(recordSentence({ ...FACTS, rehearsal: true })).toBe(
      `${recordSentence(FACTS)}【演练】本证明出自演练账簿，不是真实的认购，不作任何声明之用。`,
    );
  });

  it('say what became of grams whose forest was lost, as of now', () => {
    const mark = {
      ...{ code: '610924100-2025-g1', first: 1n, last: 400n, serial: '610924100-2025-G1-1-400' },
      ...{ reversal: 'r', kind: 'fire' as const, day: '2026-02-20', since: new Date('2026-03-01T16:00:00Z') },
    };
    expect(
      reversalSentences([
        { ...mark, state: 'replaced', from: 'buffer', by: '610924100-2025-G1-901-1300' },
        { ...mark, state: 'replaced', from: 'holding', by: '610924100-2026-G1-1-400' },
        { ...mark, state: 'open', from: null, by: null },
      ]),
    ).toEqual([
      '⑥当前状态：编号610924100-2025-G1-1-400共400克的来源林地因火灾（2026年2月20日）损失，' +
        '已于2026年3月2日从缓冲量等量替换（编号610924100-2025-G1-901-1300）。',
      '⑥当前状态：编号610924100-2025-G1-1-400共400克的来源林地因火灾（2026年2月20日）损失，' +
        '已于2026年3月2日由林权人等量替换（编号610924100-2026-G1-1-400）。',
      '⑥当前状态：编号610924100-2025-G1-1-400共400克的来源林地因火灾（2026年2月20日）损失，' +
        '自2026年3月2日起尚未补足。',
    ]);
    expect(reversalSentences([])).toEqual([]);
  });

  it('say 核证 only with the body and the number of its report', () => {
    const verified = { ...FACTS, verifications: ['第三方核证：某核证公司，报告号 HZ-1，2026-03-01'] };
    expect(recordSentence(verified)).toContain(
      '2026-示例；第三方核证：某核证公司，报告号 HZ-1，2026-03-01。',
    );
    expect(recordSentence(verified)).not.toContain('县级复核');
  });

  it('never promise what may not be said', () => {
    const said = all(FACTS)
      .replace('配额清缴抵销', '')
      .replace('不得据此声称产品、个人或组织“碳中和”“零排放”', '')
      .replace('非独立第三方核证', '')
      .replace('非永久', '');
    for (const word of [
      '抵消',
      '抵销',
      '中和',
      '零排放',
      '净零',
      '减排',
      '核证',
      '永久',
      '种树',
      '投资',
      '收益',
    ]) {
      expect(said).not.toContain(word);
    }
  });
});
