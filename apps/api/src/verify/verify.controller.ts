import { Controller, Get } from '@nestjs/common';

import { CardAudit } from '@app/cards';
import { RosterAudit } from '@app/compensation';
import { OneBookAudit, SerialAudit } from '@app/credits';
import { PaymentAudit } from '@app/disbursement';
import { FundsAudit } from '@app/funds';
import type { Principal } from '@app/identity';
import { Ledger } from '@app/ledger';
import { FileAudit, type Book } from '@app/platform';
import { RegistryAudit } from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam } from '../http';

/** Whoever answers for the book, and whoever audits it. */
const VERIFIERS = ['administrator', 'auditor'];

export interface BookVerification {
  readonly ok: boolean;
  readonly entries: bigint;
  readonly postings: bigint;
  /** How much of the registry and the credits was asked what explains it. */
  readonly parcels: number;
  readonly parties: number;
  readonly issuances: number;
  readonly serialBlocks: number;
  /** `CODE: facts`; empty when everything that was recomputed is as recorded. */
  readonly findings: readonly string[];
}

/** Recomputes a book: the ledger from its postings, and every lib's own rows against the ledger. */
@Controller('books/:book/verify')
export class VerifyController {
  constructor(
    private readonly ledger: Ledger,
    private readonly registry: RegistryAudit,
    private readonly serials: SerialAudit,
    private readonly oneBook: OneBookAudit,
    private readonly funds: FundsAudit,
    private readonly rosters: RosterAudit,
    private readonly payments: PaymentAudit,
    private readonly cards: CardAudit,
    private readonly files: FileAudit,
  ) {}

  @Get()
  async verify(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<BookVerification> {
    requirePost(principal, book, VERIFIERS);
    const { entries, postings, findings } = await this.ledger.verify(book.id);
    const registry = await this.registry.execute(book.id);
    const credits = await this.serials.execute(book.id);
    const others = await Promise.all(
      [this.oneBook, this.funds, this.rosters, this.payments, this.cards, this.files].map((audit) =>
        audit.execute(book.id),
      ),
    );
    const all = [...findings, ...[registry, credits, ...others].flatMap((audit) => audit.findings)];
    const { parcels, parties } = registry;
    const { issuances, blocks: serialBlocks } = credits;
    return {
      ok: all.length === 0,
      entries,
      postings,
      parcels,
      parties,
      issuances,
      serialBlocks,
      findings: all,
    };
  }
}
