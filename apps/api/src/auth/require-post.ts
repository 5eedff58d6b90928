import { Policies, type Assignment, type Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { unwrap } from '../http';

/** The caller's assignment of one of the posts in the book, covering the region; else 403 POST_REQUIRED. */
export const requirePost = (
  principal: Principal,
  book: Book,
  posts: readonly string[],
  region?: string,
): Assignment => unwrap(Policies.require(principal, book.id, posts, region));
