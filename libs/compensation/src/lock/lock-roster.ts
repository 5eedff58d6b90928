import { Injectable } from '@nestjs/common';

import { canonicalHash, idOf, invariant, ok, present, refuse } from '@app/kernel';
import { OpenBasis } from '@app/disbursement';
import { inPace, Ledger, type DomainLedger, type Leg, type Posted } from '@app/ledger';
import {
  DONE,
  Statistics,
  UnitOfWork,
  type JobOutcome,
  type RunningJob,
  type Tx,
  type WorkContext,
} from '@app/platform';
import { LOCK_ROSTER, type LockRosterJob } from '../compensation.jobs';
import { PayeeStore, SLICES_MOST, type Payee } from './payee.store';
import { RosterStore, type Roster } from '../rosters/roster.store';
import { StepStore } from '../posts/step.store';

const MONEY = 'CNY';

/** Nothing to roll back for: another worker has been here. */
const ALREADY = refuse({ code: 'ALREADY_DONE' });

const payablePath = ({ indicator, id }: Pick<Roster, 'indicator' | 'id'>, party: string): string =>
  `payable/${indicator}/${id}/${party}`;

/**
 * Locks an approved roster: what was reserved becomes payable to its parties slice by slice, each an entry with its
 * own key, at the pace that others' posts allow and at most 2,000 legs a transaction; then the payment basis is
 * opened. Every step asks the database whether it was made already, so the job may die after any of them and be run
 * again, and two workers may run it at once.
 */
@Injectable()
export class LockRoster {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rosters: RosterStore,
    private readonly payees: PayeeStore,
    private readonly steps: StepStore,
    private readonly openBasis: OpenBasis,
    private readonly statistics: Statistics,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('compensation');
  }

  async execute({ book, payload }: Pick<RunningJob<LockRosterJob>, 'book' | 'payload'>): Promise<JobOutcome> {
    const context: WorkContext = {
      book,
      actor: `system/${LOCK_ROSTER.name}`,
      action: LOCK_ROSTER.name,
      subject: `roster/${payload.roster}`,
    };
    await this.begin(context, payload.roster);
    const slices = await this.payees.openSlices(book, payload.roster);
    await inPace(slices, { most: SLICES_MOST }, (some) => this.lockSlices(context, payload.roster, some));
    await this.finish(context, payload.roster);
    // The payout comes next, and its joins must not be planned for the few lines there were before.
    await this.statistics.refresh('disbursement');
    return DONE;
  }

  private async begin(context: WorkContext, id: string): Promise<void> {
    await this.unitOfWork.run(context, async (tx) => {
      if (!(await this.rosters.move(tx, id, 'approved', 'locking'))) return ALREADY;
      await this.payees.prepare(tx, id);
      return ok(undefined);
    });
  }

  private async lockSlices(
    context: WorkContext,
    id: string,
    slices: readonly number[],
  ): Promise<Posted | undefined> {
    const locked = await this.unitOfWork.run(context, async (tx) => {
      const ours = await this.payees.claimSlices(tx, id, slices);
      if (ours.length === 0) return ALREADY;
      const roster = present(await this.rosters.lock(tx, id, 'share'), 'a locking roster exists');
      const payees = await this.payees.listSlices(tx, id, ours);
      tx.audit({ roster: roster.no, slices: ours.join(' '), payees: payees.length });
      const posted = await this.#ledger.post(
        tx,
        ours.map((slice) => ({
          id: idOf('lock', id, String(slice)),
          kind: 'compensation.lock',
          reference: `roster/${id}`,
          legs: legsOf(
            roster,
            payees.filter((payee) => payee.slice === slice),
          ),
        })),
      );
      invariant(posted.ok, `the money of slices ${ours.join(', ')} of roster ${roster.no} is reserved`);
      return ok({ firstSeq: present(posted.value[0], 'slices are entries').seq, posted: ours.length });
    });
    return locked.ok ? locked.value : undefined;
  }

  private async finish(context: WorkContext, id: string): Promise<void> {
    await this.unitOfWork.run(context, async (tx) => {
      const roster = present(await this.rosters.lock(tx, id), 'a locking roster exists');
      if (roster.state !== 'locking') return ALREADY;
      await this.openPayment(tx, roster);
      invariant(await this.rosters.move(tx, id, 'locking', 'locked'), 'nobody else holds the roster');
      tx.audit({ roster: roster.no, lockedFen: String(roster.dueFen) });
      return ok(undefined);
    });
  }

  private async openPayment(tx: Tx, roster: Roster): Promise<void> {
    const payees = await this.payees.list(tx, roster.id);
    const opened = await this.openBasis.execute(tx, {
      kind: 'roster',
      sourceId: roster.id,
      rail: 'fiscal',
      indicator: roster.indicator,
      totalFen: present(roster.dueFen, 'a locking roster knows what is due'),
      hash: lockedHash(roster, payees),
      handledBy: await this.steps.handlers(tx, roster.id),
      lines: payees.map((payee) => ({ ...payee, payablePath: payablePath(roster, payee.party) })),
    });
    invariant(opened.ok, `the payees of roster ${roster.no} sum to what is due`);
    await this.payees.linkPaymentLines(tx, roster.id, opened.value.id);
  }
}

function legsOf(roster: Roster, payees: readonly Payee[]): Leg[] {
  const total = payees.reduce((sum, { amountFen }) => sum + amountFen, 0n);
  const from = { path: `reserved/${roster.indicator}/${roster.id}`, asset: MONEY, amount: total };
  return [
    from,
    ...payees.map(({ party, amountFen }) => ({
      path: payablePath(roster, party),
      asset: MONEY,
      amount: -amountFen,
    })),
  ];
}

/** What is paid, tied to what was published: the notice's hash and the payees that its objections left. */
function lockedHash(roster: Roster, payees: readonly Payee[]): string {
  return canonicalHash({
    format: 'tanhui.locked-roster.1',
    notice: present(roster.noticeHash, 'a locking roster was published'),
    payees: payees.map(({ party, amountFen }) => [party, amountFen]),
  });
}
