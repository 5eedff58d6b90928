import { formatUnits, KILOGRAM, type Day } from '@app/kernel';
import { KINDS_EN, KINDS_ZH, type ReversalKind } from '../reversal/reversal.words';

export type MessageKind = 'own-loss' | 'stood-in' | 'village-loss' | 'card-loss';

/** What a message tells, in figures. lost = holding + buffer + void + owed. */
export interface MessageFacts {
  readonly kind: MessageKind;
  readonly reversalKind: ReversalKind;
  /** Of the event. */
  readonly day: Day;
  readonly parcels: number;
  /** Households and others who lost; of a village's message. */
  readonly parties: number;
  readonly lostGrams: bigint;
  /** Unsold: cancelled. */
  readonly holdingGrams: bigint;
  /** In the buffer: cancelled. */
  readonly bufferGrams: bigint;
  /** Void before. */
  readonly voidGrams: bigint;
  /** Sold, or held for an order: others stand in for them, as far as the buffers reach. */
  readonly owedGrams: bigint;
  /** Of the party's buffer, cancelled in the stead of what was sold. */
  readonly stoodInGrams: bigint;
}

export interface Said {
  readonly zh: string;
  readonly en: string;
}

/** Says what happened and nothing of what will: what nobody has decided is not promised. */
export function wordsOf(facts: MessageFacts): Said {
  const { zh, en } = BY_KIND[facts.kind](facts);
  return {
    zh: `碳汇逆转（${KINDS_ZH[facts.reversalKind]}，${facts.day}）：${zh}`,
    en: `Sink credits reversed (${KINDS_EN[facts.reversalKind]}, ${facts.day}): ${en}`,
  };
}

const BY_KIND: Readonly<Record<MessageKind, (facts: MessageFacts) => Said>> = {
  'own-loss': (facts) => {
    const { parcels, lostGrams, stoodInGrams } = facts;
    const { zh, en } = partsOf(facts);
    const stood = stoodInGrams > 0n ? standIn(stoodInGrams) : { zh: '', en: '' };
    return {
      zh: `你家 ${parcels} 个小班已登记的碳汇量减少 ${kg(lostGrams)} 千克，${zh}。${stood.zh}${ASK.zh}`,
      en: `${kg(lostGrams)} kg of the credits of ${parcels} of your parcels are lost: ${en}. ${stood.en}${ASK.en}`,
    };
  },
  'stood-in': ({ stoodInGrams }) => {
    const { zh, en } = standIn(stoodInGrams);
    return { zh: `${zh}${ASK.zh}`, en: `${en}${ASK.en}` };
  },
  'village-loss': (facts) => {
    const { parcels, parties, lostGrams } = facts;
    const { zh, en } = partsOf(facts);
    return {
      zh: `本村 ${parcels} 个小班、${parties} 户（主体）已登记的碳汇量减少 ${kg(lostGrams)} 千克，${zh}。请转告没有手机的户。`,
      en: `${kg(lostGrams)} kg of the credits of ${parcels} parcels of this village are lost, of ${parties} holders: ${en}. Tell those who have no phone.`,
    };
  },
  'card-loss': ({ lostGrams }) => ({
    zh: `你的卡上有 ${kg(lostGrams)} 千克碳汇量的来源林地受损。这些碳汇量仍是你的；是否已有别的碳汇量替换，见证明或编号查询页。`,
    en: `The forest of ${kg(lostGrams)} kg of your card was lost. They stay yours; whether others stand in for them is shown with the certificate and the serial.`,
  }),
};

const ASK: Said = { zh: '有疑问请找村经办或林业局。', en: 'Ask the village clerk or the forestry bureau.' };

const standIn = (grams: bigint): Said => ({
  zh: `你家的缓冲量有 ${kg(grams)} 千克用来替换已卖出而受损的碳汇量。`,
  en: `${kg(grams)} kg of your buffer stand in for credits that were sold and lost. `,
});

/** The parts that are not nothing. */
function partsOf({ holdingGrams, bufferGrams, voidGrams, owedGrams }: MessageFacts): Said {
  const parts = (
    [
      [holdingGrams, '未卖的', '作废', 'unsold, cancelled'],
      [bufferGrams, '缓冲量', '作废', 'of the buffer, cancelled'],
      [voidGrams, '此前已作废的', '', 'void before'],
      [
        owedGrams,
        '已卖出或已被订的',
        '由缓冲量替换，不够的记为缺口',
        'sold or ordered, replaced as far as the buffers reach',
      ],
    ] as const
  ).filter(([grams]) => grams > 0n);
  return {
    zh: `其中${parts.map(([grams, what, then]) => `${what} ${kg(grams)} 千克${then && `（${then}）`}`).join('、')}`,
    en: parts.map(([grams, , , en]) => `${kg(grams)} kg ${en}`).join('; '),
  };
}

const kg = (grams: bigint): string => {
  const [whole = '', rest] = formatUnits(KILOGRAM, grams).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const decimals = rest?.replace(/0+$/, '');
  return decimals ? `${grouped}.${decimals}` : grouped;
};
