import { NANO, type Box } from './shape';

/** Where the book's land can lie: a wrong zone or swapped axes put it elsewhere. */
export interface Frame extends Box {
  /** Region code of the place that the frame is drawn around. */
  readonly region: string;
}

/** Degrees beyond the minutes of arc that a county tells of itself. */
const MARGIN = 0.1 * NANO;

/** The mainland and its islands: for books of which nothing nearer is known. */
export const CHINA: Frame = {
  ...{ region: '', west: 73 * NANO, south: 3 * NANO, east: 136 * NANO, north: 54 * NANO },
};

export const isInFrame = ({ west, south, east, north }: Frame, lon: number, lat: number): boolean =>
  lon >= west - MARGIN && lon <= east + MARGIN && lat >= south - MARGIN && lat <= north + MARGIN;

/** "108.1–108.8°E, 32.1–32.9°N", the margin included. */
export function frameInWords({ west, south, east, north }: Frame): string {
  const degrees = (nano: number): string => (nano / NANO).toFixed(1);
  return `${degrees(west - MARGIN)}–${degrees(east + MARGIN)}°E, ${degrees(south - MARGIN)}–${degrees(north + MARGIN)}°N`;
}
