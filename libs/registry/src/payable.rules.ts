/**
 * Whether a parcel is payable on a day (rules.md 17): its right is registered (确权登记), it is inside a dated scope
 * decision (补偿范围决定), and it is not closed. As SQL text over the alias of a row of registry.parcel_current or
 * registry.parcel_on and the placeholder of a day: `payableOn('p', '$2')`.
 */
export const payableOn = (alias: string, day: string): string =>
  `(${alias}.right_registered AND coalesce(${alias}.scope @> ${day}::date AND coalesce(upper(${alias}.valid) > ${day}::date, true), false))`;
