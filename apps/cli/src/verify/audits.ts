import { performance } from 'node:perf_hooks';

import { CardAudit } from '@app/cards';
import { RosterAudit } from '@app/compensation';
import { OneBookAudit, SerialAudit } from '@app/credits';
import { PaymentAudit } from '@app/disbursement';
import { FundsAudit } from '@app/funds';
import type { Ask } from '@app/ledger';
import { FileAudit, findingsOf, type CheckReader } from '@app/platform';
import { RegistryAudit } from '@app/registry';
import type { Printer } from './printer';

const AUDITS = [
  RegistryAudit,
  SerialAudit,
  OneBookAudit,
  FundsAudit,
  RosterAudit,
  PaymentAudit,
  CardAudit,
  FileAudit,
];

/** Every lib's own rows against each other and the ledger; a check is one statement. */
export async function auditLibs(
  ask: Ask,
  { id, code }: { readonly id: number; readonly code: string },
  printer: Printer,
): Promise<void> {
  const began = performance.now();
  const before = printer.findings;
  const reader: CheckReader = {
    query: <Row>(sql: string, params?: readonly unknown[]) => ask<Row>(sql, params ?? []),
  };
  let checks = 0;
  for (const audit of AUDITS) {
    await findingsOf(reader, id, audit.checks, (check, findings) => {
      checks += 1;
      printer.looked(check);
      for (const finding of findings) printer.foundByLib(finding);
    });
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  printer.tell(
    `${printer.findings - before} findings in ${checks} checks of ${code}'s registry, credits, payments and files (${seconds} s)`,
  );
}
