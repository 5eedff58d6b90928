import type { PageQuery } from '../views';

const LIMIT_DEFAULT = 50;
export const PAGE_LIMIT_MAX = 500;

export const limitOf = ({ limit }: PageQuery): number =>
  Math.min(Math.max(limit ?? LIMIT_DEFAULT, 1), PAGE_LIMIT_MAX);
