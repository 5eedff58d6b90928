import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { meanWarning, type MeanWarning } from '../measuring/measure.rules';
import { MeasurementStore, type MeasuringScope } from '../measuring/measurement.store';
import { GRAMS_WITHOUT_EVIDENCE_MAX } from '../methodology/coefficients.rules';
import { checkPeriod, yearOf } from '../period.rules';
import { BookRuleStore } from '../rules/book-rule.store';
import { numberInText } from '../text.rules';
import type { PublishRefusal } from './statement.refusals';
import { commentDays, impossibleMean, statementHash, totalsOf, type StatementHead } from './statement.rules';
import { MeasuredStatementStore } from './measured-statement.store';

export interface PublishCommand extends MeasuringScope {
  /** The document of what was measured, for a mean above a tonne a mu. */
  readonly evidenceNo?: string;
}

export interface PublishedStatement extends StatementHead {
  readonly hash: string;
  readonly warnings: readonly MeanWarning[];
}

/**
 * Freezes what was measured of a region and year in a statement, with a hash over its totals, and opens it to public comment for
 * as many days as the county's rule of the day has. What is measured later comes into another statement.
 */
@Injectable()
export class PublishStatement {
  constructor(
    private readonly measurements: MeasurementStore,
    private readonly rules: BookRuleStore,
    private readonly statements: MeasuredStatementStore,
  ) {}

  /** Refuses PERIOD_WRONG, PERIOD_NOT_OVER, NOTHING_TO_PUBLISH, STATEMENT_IMPOSSIBLE, PERSONAL_NUMBER_IN_TEXT. */
  async execute(tx: Tx, command: PublishCommand): Promise<Result<PublishedStatement, PublishRefusal>> {
    const { region, period, evidenceNo = null } = command;
    const today = dayOf(tx.now);
    const checked = checkPeriod(period, today);
    if (!checked.ok) return checked;
    const number = numberInText({ evidenceNo: evidenceNo ?? undefined });
    if (number) return refuse(number);
    await this.measurements.lockBook(tx);
    const lines = await this.statements.openLines(tx, command);
    if (lines.length === 0) return refuse({ code: 'NOTHING_TO_PUBLISH', region });
    const totals = totalsOf(lines);
    const impossible = impossibleMean(totals, evidenceNo);
    if (impossible !== undefined) {
      const expected = 'evidenceNo, the document of what was measured, or the figures mended';
      const most = { mostGramsPerMu: GRAMS_WITHOUT_EVIDENCE_MAX, expected };
      return refuse({ code: 'STATEMENT_IMPOSSIBLE', meanGramsPerMu: impossible, ...most });
    }
    const days = (await this.rules.inForce(tx, tx.book, 'comment-days', today))?.days ?? 0;
    const no = await this.statements.nextNo(tx, command);
    const head = { no, region, year: yearOf(period), ...totals, ...commentDays(today, days) };
    const hash = statementHash(tx.book, head, lines);
    await this.statements.insert(tx, command, { id: newId(), ...head, evidenceNo, hash }, lines);
    tx.audit({ statement: no, hash, parcels: totals.parcels, grams: totals.grams.toString() });
    const warning = meanWarning(totals.grams, totals.areaMu100);
    return ok({ ...head, hash, warnings: warning ? [warning] : [] });
  }
}
