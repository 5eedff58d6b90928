/** Digits of the codes that the sums are kept for: county, township, village. */
const COUNTY_DIGITS = 6;

/**
 * The rows of a place as SQL text over the alias of a table of sums; the region is the parameter $2. What is larger than
 * a county is the sum of its counties.
 */
export const ofRegion = (alias: string, region: string): string =>
  region.length >= COUNTY_DIGITS
    ? `${alias}.book = $1 AND ${alias}.region = $2`
    : `${alias}.book = $1 AND starts_with(${alias}.region, $2) AND length(${alias}.region) = ${COUNTY_DIGITS}`;
