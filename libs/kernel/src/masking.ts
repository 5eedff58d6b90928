/** 612401199001011234 → 612401********1234. Short texts are hidden whole. */
export const maskIdNumber = (text: string): string =>
  text.length < 15
    ? '*'.repeat(text.length)
    : text.slice(0, 6) + '*'.repeat(text.length - 10) + text.slice(-4);

/** 13812345678 → 138****5678. */
export const maskPhone = (text: string): string =>
  text.length < 11 ? '*'.repeat(text.length) : text.slice(0, 3) + '****' + text.slice(-4);

/** Only the last four digits of a bank account are ever shown. */
export const maskAccount = (text: string): string =>
  text.length < 8 ? '*'.repeat(text.length) : '**** ' + text.slice(-4);
