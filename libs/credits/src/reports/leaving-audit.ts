import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { FraudGuards } from '@app/registry';
import type { Place } from '../one-book/land.store';
import { ReversalSums, type ReversalSum } from '../one-book/reversal-sums.store';
import { AuditStore } from './audit.store';
import { reversalTable } from './one-book.report';
import { column, tableOf, type Cell, type ReportTable } from './report';
import { GUARD_WORDS, ORDER_WORDS, REASONS } from './reason.words';
import { wordOf } from './report.words';

/** What was decided, issued, lost and found between two days, beside the change of the book itself. */
@Injectable()
export class LeavingAudit {
  constructor(
    private readonly store: AuditStore,
    private readonly reversals: ReversalSums,
    private readonly guards: FraudGuards,
  ) {}

  async tables(place: Place, from: Day, day: Day): Promise<ReportTable[]> {
    const [orders, issuances, before, after] = await Promise.all([
      this.store.orders(place, from, day),
      this.store.issuances(place, from, day),
      this.reversals.on(place, from),
      this.reversals.on(place, day),
    ]);
    return [
      tableOf(
        { name: 'orders', zh: '期间变更令', en: 'Orders decided in between' },
        [
          column('变更令', 'Order', 'text'),
          column('事由', 'Reason', 'text'),
          column('批准', 'Approved', 'count'),
          column('驳回', 'Rejected', 'count'),
        ],
        orders.map(({ order, reason, approved, rejected }): Cell[] => [
          wordOf(ORDER_WORDS, order),
          wordOf(REASONS, reason),
          BigInt(approved),
          BigInt(rejected),
        ]),
      ),
      tableOf(
        { name: 'issuances', zh: '期间登记', en: 'Issued in between' },
        [
          column('批次', 'Issuance', 'text'),
          column('年度', 'Year', 'year'),
          column('等级', 'Grade', 'text'),
          column('文号', 'Document', 'text'),
          column('登记日', 'Issued on', 'day'),
          column('碳汇量（千克CO₂e）', 'Grams (kg CO2e)', 'kg'),
        ],
        issuances.map((one): Cell[] => [
          one.code,
          String(one.year),
          one.grade,
          one.documentNo,
          one.issuedOn,
          one.grams,
        ]),
      ),
      reversalTable(after.map((one) => since(one, before))),
      await this.findings(place, from, day),
    ];
  }

  /** What the guards say of the registry as it is held to have been on both days. */
  private async findings({ book, region }: Place, from: Day, day: Day): Promise<ReportTable> {
    const [before, after] = [
      await this.guards.counts(book, { day: from, scope: [region] }),
      await this.guards.counts(book, { day, scope: [region] }),
    ];
    return tableOf(
      { name: 'findings', zh: '疑点', en: 'Findings of the guards' },
      [
        column('规则', 'Guard', 'text'),
        column(`疑点数（${from}）`, `Findings on ${from}`, 'count'),
        column(`疑点数（${day}）`, `Findings on ${day}`, 'count'),
      ],
      after.map(({ guard, findings }): Cell[] => [
        wordOf(GUARD_WORDS, guard),
        BigInt(before.find((one) => one.guard === guard)?.findings ?? 0),
        BigInt(findings),
      ]),
      false,
    );
  }
}

/** The later sums less the earlier ones of the same kind. */
function since(sum: ReversalSum, before: readonly ReversalSum[]): ReversalSum {
  const old = before.find(({ kind }) => kind === sum.kind);
  if (!old) return sum;
  return {
    kind: sum.kind,
    events: sum.events - old.events,
    lostGrams: sum.lostGrams - old.lostGrams,
    cancelledGrams: sum.cancelledGrams - old.cancelledGrams,
    owedGrams: sum.owedGrams - old.owedGrams,
    replacedGrams: sum.replacedGrams - old.replacedGrams,
    openGrams: sum.openGrams,
  };
}
