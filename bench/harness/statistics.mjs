/** The middle value; of an even count the mean of the two in the middle. */
export function median(values) {
  if (values.length === 0) throw new Error('there is no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The smallest value that at least this share of all values does not exceed (nearest rank). */
export function percentile(sorted, share) {
  if (sorted.length === 0) throw new Error('there is no percentile of nothing');
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1];
}

/** To three figures that mean something; what is larger than that keeps its whole part. */
export function rounded(value) {
  if (!Number.isFinite(value) || value === 0) return value;
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number(value.toFixed(Math.min(digits, 9)));
}
