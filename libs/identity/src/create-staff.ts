import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import { UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import { Regions } from '@app/regions';
import { checkCredentials, loginOf, type CredentialsRefusal } from './credentials.rules';
import { hashPassword } from './password';
import { Policies, type PostRequired } from './policies';
import type { Principal } from './principal';
import { UsersStore, type NewAssignment } from './users.store';

export interface CreateStaffCommand {
  readonly login: string;
  readonly password: string;
  readonly displayName: string;
  /** In the book of the context; an empty region is the whole book. Naming one twice does not matter. */
  readonly assignments: readonly NewAssignment[];
}

export type CreateStaffRefusal =
  | CredentialsRefusal
  | PostRequired
  | { readonly code: 'POST_UNKNOWN'; readonly post: string }
  | { readonly code: 'ASSIGNMENT_REGION_UNKNOWN'; readonly region: string };

/** An administrator gives somebody a login and posts, in one book and within their own region. */
@Injectable()
export class CreateStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UsersStore,
    private readonly regions: Regions,
  ) {}

  async execute(
    principal: Principal,
    context: WorkContext,
    command: CreateStaffCommand,
  ): Promise<Result<{ userId: string; login: string }, CreateStaffRefusal>> {
    const login = loginOf(command.login);
    const assignments = distinct(command.assignments);
    const checked = await this.check(principal, context.book, { ...command, login, assignments });
    if (!checked.ok) return checked;
    // Before the transaction: some tenths of a second that would hold a connection.
    const passwordHash = await hashPassword(command.password);
    return this.unitOfWork.run(context, (tx) =>
      this.add(tx, { ...command, login, assignments, passwordHash }),
    );
  }

  private async check(
    principal: Principal,
    book: number,
    { login, password, assignments }: CreateStaffCommand,
  ): Promise<Result<void, CreateStaffRefusal>> {
    const mayAct = Policies.require(principal, book, ['administrator']);
    if (!mayAct.ok) return mayAct;
    for (const { region } of assignments) {
      const covered = Policies.require(principal, book, ['administrator'], region);
      if (!covered.ok) return covered;
    }
    const named = assignments.map(({ region }) => region).filter((region) => region !== '');
    const known = await this.regions.byCodes(named);
    const unknown = named.find((region) => !known.has(region));
    if (unknown !== undefined) return refuse({ code: 'ASSIGNMENT_REGION_UNKNOWN', region: unknown });
    return checkCredentials(login, password);
  }

  private async add(
    tx: Tx,
    staff: CreateStaffCommand & { readonly passwordHash: string },
  ): Promise<Result<{ userId: string; login: string }, CreateStaffRefusal>> {
    const { login, passwordHash, displayName, assignments } = staff;
    const posts = assignments.map(({ post }) => post);
    const known = await this.users.knownPosts(tx, posts);
    const unknown = posts.find((post) => !known.has(post));
    if (unknown !== undefined) return refuse({ code: 'POST_UNKNOWN', post: unknown });
    const userId = newId();
    if (!(await this.users.addStaff(tx, { userId, login, passwordHash, displayName }))) {
      return refuse({ code: 'LOGIN_TAKEN', login });
    }
    await this.users.assign(tx, userId, assignments, dayOf(tx.now));
    tx.audit({ user: userId, assignments });
    return ok({ userId, login });
  }
}

const distinct = (assignments: readonly NewAssignment[]): NewAssignment[] => [
  ...new Map(assignments.map(({ post, region }) => [`${post} ${region}`, { post, region }])).values(),
];
