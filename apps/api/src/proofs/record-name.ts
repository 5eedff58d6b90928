const NUMBER = /^[1-9]\d{0,17}$/;
const SHOWN_MAX = 64;

/** Of the sequence of its stream. */
export const isNumber = (text: string): boolean => NUMBER.test(text);

/** What nothing is named by is not said back at any length. */
export const shown = (text: string): string => text.slice(0, SHOWN_MAX);
