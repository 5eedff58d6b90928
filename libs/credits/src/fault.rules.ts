import { holdsIdOrPhone, isDay, type Day } from '@app/kernel';

/** One thing that is wrong with a field, and what would be right, in both languages of the product. */
export interface FieldFault {
  readonly field: string;
  readonly code:
    | 'DAY_WRONG'
    | 'PERSONAL_NUMBER_IN_TEXT'
    | 'STATE_WRONG'
    | 'LAND_MISSING'
    | 'FIELD_MISSING'
    | 'FIELD_UNWANTED';
  readonly expected: { readonly zh: string; readonly en: string };
}

export const fault = (field: string, code: FieldFault['code'], zh: string, en: string): FieldFault => ({
  ...{ field, code },
  expected: { zh, en },
});

/** Numbers of documents are kept in clear, so they are nobody's own. */
export const textFaults = (field: string, text: string | undefined): FieldFault[] =>
  text !== undefined && holdsIdOrPhone(text)
    ? [
        fault(
          field,
          'PERSONAL_NUMBER_IN_TEXT',
          '文件号，不含证件号、手机号',
          'a document number, not a person’s',
        ),
      ]
    : [];

/** A day that there is, within bounds that are days too. */
export function dayFaults(
  field: string,
  day: string,
  bounds: { readonly least?: Day; readonly most?: Day } = {},
): FieldFault[] {
  const { least = '1990-01-01', most = '2200-12-31' } = bounds;
  return isDay(day) && day >= least && day <= most
    ? []
    : [fault(field, 'DAY_WRONG', `${least} 至 ${most} 之间的日期`, `a day from ${least} to ${most}`)];
}
