import { invariant, ok, refuse, type Result } from '@app/kernel';
import { Policies, type Assignment, type PostRequired, type Principal } from '@app/identity';
import { covers } from '@app/regions';
import type { Refused } from '../compensation.refusals';
import { VILLAGE_POST } from '../compensation.words';
import type { Roster } from '../rosters/roster.store';
import type { TakenStep } from './step.store';

/** The post whose turn it is, while the roster is in review. */
export function nextPost({ posts, step }: Pick<Roster, 'posts' | 'step'>): string {
  const post = posts[step];
  invariant(post !== undefined, 'a roster in review waits for a post');
  return post;
}

/** The post that has to do something now: the one that a roster was sent back to, or else the next one. */
export function postAtTurn(roster: Pick<Roster, 'posts' | 'step' | 'returnTo'>): string {
  const post = roster.returnTo === null ? undefined : roster.posts[roster.returnTo - 1];
  return post ?? nextPost(roster);
}

/**
 * By which assignments somebody holds a post over a roster: one that covers its region, or for the villages' post
 * those that cover some of its villages. An ordinary assignment is preferred to one that acts for another.
 */
export function assignmentsFor(
  principal: Principal,
  book: number,
  post: string,
  roster: Pick<Roster, 'region'>,
  villages: readonly string[],
): Result<[Assignment, ...Assignment[]], PostRequired> {
  const held = Policies.assignmentsIn(principal, book)
    .filter((assignment) => assignment.post === post)
    .filter(({ region }) =>
      post === VILLAGE_POST
        ? villages.some((village) => covers(region, village))
        : covers(region, roster.region),
    )
    .sort((a, b) => Number(a.actingOrderNo !== undefined) - Number(b.actingOrderNo !== undefined));
  const [first, ...others] = held;
  return first
    ? ok([first, ...others])
    : refuse({ code: 'POST_REQUIRED', posts: [post], region: roster.region });
}

/**
 * Two pairs of eyes: nobody takes a step on what they made, and nobody takes two, unless a dated order lets them act
 * for another at one of them. Returns the assignment to act by.
 */
export function mayStep(
  roster: Pick<Roster, 'id' | 'madeBy'>,
  actor: string,
  { post, ordinal }: { readonly post: string; readonly ordinal: number },
  held: readonly [Assignment, ...Assignment[]],
  taken: readonly TakenStep[],
): Result<Assignment, Refused<'STEP_BY_MAKER' | 'TWO_STEPS_ON_ROSTER'>> {
  if (roster.madeBy === actor) return refuse({ code: 'STEP_BY_MAKER', roster: roster.id });
  const hasOwnStep = taken.some((step) => step.ordinal !== ordinal && step.actingOrderNo === null);
  const [own] = held;
  if (!hasOwnStep) return ok(own);
  const acting = held.find(({ actingOrderNo }) => actingOrderNo !== undefined);
  return acting ? ok(acting) : refuse({ code: 'TWO_STEPS_ON_ROSTER', roster: roster.id, post });
}
