import { KINDS_ZH, type SerialMark } from '@app/credits';
import { dayOf, formatUnits, YUAN, type Canonical, type Day } from '@app/kernel';

/** What a certificate states of the carbon, fixed when it is issued. No personal data. */
export interface CarbonFacts {
  readonly county: string;
  /** Places the grams come from, as people write them: 高桥镇铁佛村. */
  readonly villages: readonly string[];
  readonly years: readonly string[];
  readonly grades: readonly string[];
  readonly grams: bigint;
  /** Printed serial ranges. */
  readonly serials: readonly string[];
  readonly retiredFrom: Day;
  readonly retiredTo: Day;
  /** Method and version, one text a method. */
  readonly methods: readonly string[];
  /** Who looked at the measurement: 县级复核, or a third party's report. */
  readonly verifications: readonly string[];
  /** True when a coefficient is an example and not an approved one. */
  readonly illustrative: boolean;
  /** True when a source parcel receives public-welfare forest or like compensation. */
  readonly subsidised: boolean;
  /** True when additionality was shown. */
  readonly additional: boolean;
  readonly bufferGrams: bigint;
  /** True when the book is a rehearsal: nobody paid, and no forest is behind it. */
  readonly rehearsal: boolean;
}

/** What a certificate states for good, ready to be hashed: amounts are decimal strings. */
export interface Statement {
  readonly record: string;
  readonly carbon: readonly string[];
  readonly facts: Readonly<Record<string, Canonical>>;
}

/** What became of the certified grams' money, reckoned when the certificate is read. */
export interface MoneyFacts {
  readonly suppliersFen: bigint;
  /** True when all of the suppliers' part has reached them. */
  readonly suppliersPaid: boolean;
  readonly afforestationFen: bigint;
  /** Service fee, tax and payment channel. */
  readonly chargesFen: bigint;
}

/** Stands beside every figure that comes of an example coefficient. */
export const ILLUSTRATIVE_NOTE = '示例系数，非核定值';

/** Whoever meets a certificate of a rehearsal reads that it is one. */
export const REHEARSAL_NOTE = '【演练】本证明出自演练账簿，不是真实的认购，不作任何声明之用。';

/** The sentence a certificate may say (claims.md). */
export function recordSentence(facts: CarbonFacts): string {
  const origin = `${facts.county}${facts.villages.join('、')}${facts.years.map((year) => `${year}年度`).join('、')}`;
  const note = facts.illustrative ? `（${ILLUSTRATIVE_NOTE}）` : '';
  return (
    `本证明记载：认购人支持${origin}经计量的林业碳汇${facts.grams}克二氧化碳当量，` +
    `编号${facts.serials.join('、')}，已于${days(facts)}在本县台账注销登记，不再供他人认购。` +
    `计量：${facts.methods.join('；')}${note}；${facts.verifications.join('；')}。${facts.rehearsal ? REHEARSAL_NOTE : ''}`
  );
}

/** The four sentences about the carbon that a certificate must say, on the same page and in the same size. */
export const carbonSentences = (facts: CarbonFacts): readonly string[] => [
  '①本碳汇量不是CCER，不得用于全国碳排放权交易市场配额清缴抵销，不得据此声称产品、个人或组织“碳中和”“零排放”。',
  `②来源林地${facts.subsidised ? '已' : '未'}享受公益林等财政补偿；${facts.additional ? '已论证' : '未论证'}额外性。`,
  '③其吸收量已计入县、国家温室气体清单，本证明不转移该计入。',
  `④非永久：火灾、病虫、采伐可致损失，缓冲量${facts.bufferGrams}克，当前状态以扫码为准。`,
];

/** The fifth sentence, about the money, as of now. */
export const moneySentence = (money: MoneyFacts): string =>
  `⑤款项：供给方${yuan(money.suppliersFen)}元（${money.suppliersPaid ? '已到账' : '待付'}），` +
  `造林${yuan(money.afforestationFen)}元，服务费、税费${yuan(money.chargesFen)}元。`;

/** A sixth sentence for each loss: what became of certified grams whose forest is gone, as of now. */
export const reversalSentences = (marks: readonly SerialMark[]): readonly string[] =>
  marks.map(({ kind, day, first, last, serial, state, since, by, from }) => {
    const loss = `⑥当前状态：编号${serial}共${last - first + 1n}克的来源林地因${KINDS_ZH[kind]}（${dayText(day)}）损失，`;
    const until = dayText(dayOf(since));
    return state === 'replaced'
      ? `${loss}已于${until}${from === 'holding' ? '由林权人' : '从缓冲量'}等量替换（编号${by}）。`
      : `${loss}自${until}起尚未补足。`;
  });

export const statementOf = (facts: CarbonFacts): Statement => ({
  record: recordSentence(facts),
  carbon: carbonSentences(facts),
  facts: { ...facts, grams: facts.grams.toString(), bufferGrams: facts.bufferGrams.toString() },
});

const yuan = (fen: bigint): string => formatUnits(YUAN, fen);

const days = ({ retiredFrom, retiredTo }: CarbonFacts): string =>
  retiredFrom === retiredTo ? dayText(retiredFrom) : `${dayText(retiredFrom)}至${dayText(retiredTo)}`;

function dayText(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
