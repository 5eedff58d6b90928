import { ok, refuse, type Result } from '@app/kernel';
import { HOUSE_BOOK } from '@app/platform';
import { covers } from '@app/regions';
import type { Assignment, Principal } from './principal';

export interface PostRequired {
  readonly code: 'POST_REQUIRED';
  /** Any one of these would do. */
  readonly posts: readonly string[];
  /** The region it has to cover; empty when any region would do. */
  readonly region: string;
}

/** Who may do what. Pure: everything a decision needs is in the principal. */
export const Policies = {
  /**
   * The assignment by which the caller may act: one of the posts, in this book or in all books, over the region.
   * Without a region any assignment of the post serves. No post includes another: an administrator who is to
   * review must be given that post too, or two pairs of eyes could be one.
   */
  require(
    principal: Principal,
    bookId: number,
    posts: readonly string[],
    region?: string,
  ): Result<Assignment, PostRequired> {
    const found = Policies.assignmentsIn(principal, bookId).find(
      (held) => posts.includes(held.post) && (region === undefined || covers(held.region, region)),
    );
    return found ? ok(found) : refuse({ code: 'POST_REQUIRED', posts, region: region ?? '' });
  },

  /** What the caller holds in the book, house-wide assignments included. */
  assignmentsIn(principal: Principal, bookId: number): readonly Assignment[] {
    return principal.assignments.filter((held) => held.bookId === bookId || held.bookId === HOUSE_BOOK);
  },

  /** Regions the caller sees through any of the posts (through any post at all when none is named). */
  regionsOf(principal: Principal, bookId: number, posts?: readonly string[]): readonly string[] {
    const held = Policies.assignmentsIn(principal, bookId).filter(
      ({ post }) => posts === undefined || posts.includes(post),
    );
    return [...new Set(held.map(({ region }) => region))];
  },
} as const;
