import type { Chance } from './random';

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武'.split(
    '',
  );
const GIVEN =
  '明国建华平军志强玉兰秀英桂芳海涛文斌春梅永红光荣德福成林山川友根生发贵全喜来顺安宁康乐义仁礼信和兴旺富家庆云霞霜雪松柏竹菊莲香'.split(
    '',
  );

/** Banks that a mountain county's one-card payouts go through, with the head of their card numbers. */
const BANKS = [
  ['PSBC', '621799'],
  ['ABC', '622848'],
  ['RCU', '623025'],
] as const;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const BIRTHDAYS = 20_000;
const FIRST_BIRTHDAY = Date.UTC(1943, 0, 1);

/** The 18-digit number of GB 11643 with its check character; unique by serial: no two share day and order. */
export function idNumber(county: string, serial: number): string {
  const day = new Date(FIRST_BIRTHDAY + ((serial * 7_919) % BIRTHDAYS) * 86_400_000);
  const order = String(Math.floor(serial / BIRTHDAYS) * 2 + 1).padStart(3, '0');
  const body = `${county}${day.toISOString().slice(0, 10).replaceAll('-', '')}${order}`;
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * WEIGHTS[i]!, 0);
  return body + '10X98765432'[sum % 11]!;
}

export const personName = (chance: Chance): string =>
  chance.pick(SURNAMES) + chance.pick(GIVEN) + (chance.happens(750) ? chance.pick(GIVEN) : '');

/** Eleven digits, unique by serial. */
export const phoneNumber = (serial: number): string =>
  `1${[39, 58, 87, 52, 35][serial % 5]}${String(10_000_000 + serial * 7).slice(-8)}`;

/** Nineteen digits, unique by serial and round: a corrected account is a new number. */
export function bankAccount(bank: string, serial: number, round = 0): string {
  const head = BANKS.find(([code]) => code === bank)?.[1] ?? '620000';
  return `${head}${round}${String(serial).padStart(12, '0')}`;
}
