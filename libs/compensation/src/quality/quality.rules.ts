import { isDay } from '@app/kernel';
import type { FieldWrong } from '../programmes/programme.rules';
import type { QualityDraft } from './quality.store';

/** No quality moves what a mu pays further than this, whatever a programme says. */
const LEAST_PPM = 800_000n;
const MOST_PPM = 1_200_000n;

const isText = (text: string, most: number): boolean => text.trim() !== '' && text.length <= most;

const PARTS: readonly { field: string; expected: string; holds: (draft: QualityDraft) => boolean }[] = [
  { field: 'grade', expected: '1 to 40 characters', holds: ({ grade }) => isText(grade, 40) },
  {
    field: 'multiplierPpm',
    expected: `${LEAST_PPM} to ${MOST_PPM}`,
    holds: ({ multiplierPpm: ppm }) => ppm >= LEAST_PPM && ppm <= MOST_PPM,
  },
  { field: 'validFrom', expected: 'a day, YYYY-MM-DD', holds: ({ validFrom }) => isDay(validFrom) },
  {
    field: 'validUntil',
    expected: 'a day not before validFrom, or none',
    holds: ({ validFrom, validUntil }) =>
      validUntil === undefined || (isDay(validUntil) && validUntil >= validFrom),
  },
  {
    field: 'documentNo',
    expected: '1 to 200 characters',
    holds: ({ documentNo }) => isText(documentNo, 200),
  },
  { field: 'evidence', expected: '1 to 500 characters', holds: ({ evidence }) => isText(evidence, 500) },
];

/** The first field that is wrong and what would be right. */
export function checkQuality(draft: QualityDraft): FieldWrong | undefined {
  const broken = PARTS.find((part) => !part.holds(draft));
  return broken && { code: 'PROGRAMME_FIELD_WRONG', field: broken.field, expected: broken.expected };
}
