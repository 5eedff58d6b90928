import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { VoucherFault, VoucherRefusal } from './green-voucher.refusals';
import { VOUCHER_NUMBERS, voucherHash } from './green-voucher.rules';
import { GreenVoucherStore, type WantedPlot } from './green-voucher.store';

export interface VoucherCommand {
  readonly parcelCodes: readonly string[];
  readonly year: number;
  /** Plots outside it are unknown. */
  readonly region: string;
}

export interface IssuedVoucher {
  readonly parcelCode: string;
  /** As it is printed. */
  readonly number: string;
}

const ERRORS_SHOWN = 100;

/** Gives measured and re-checked tea plots their 绿色凭证 of a year; a plot that has one keeps it. */
@Injectable()
export class IssueGreenVouchers {
  constructor(private readonly vouchers: GreenVoucherStore) {}

  /** Refuses VOUCHERS_REFUSED with every plot that cannot have one; then none is given. */
  async execute(tx: Tx, command: VoucherCommand): Promise<Result<IssuedVoucher[], VoucherRefusal>> {
    const codes = [...new Set(command.parcelCodes)];
    const plots = await this.vouchers.plots(tx, codes, command.year, command.region);
    const errors = plots.flatMap((plot) => {
      const fault = faultOf(plot);
      return fault ? [{ parcelCode: plot.parcelCode.slice(0, 64), fault }] : [];
    });
    if (errors.length > 0) {
      return refuse({
        code: 'VOUCHERS_REFUSED',
        total: errors.length,
        errors: errors.slice(0, ERRORS_SHOWN),
      });
    }
    const added = plots
      .filter(({ number }) => number === null)
      .map((plot) => this.write(tx, plot, command.year));
    if (added.length > 0) await this.vouchers.insert(tx, added);
    tx.audit({ year: command.year, plots: plots.length, issued: added.length });
    const numbers = new Map(added.map(({ parcelCode, number }) => [parcelCode, number]));
    return ok(
      plots.map(({ parcelCode, number }) => ({
        parcelCode,
        number: VOUCHER_NUMBERS.print(number ?? numbers.get(parcelCode) ?? ''),
      })),
    );
  }

  private write(tx: Tx, plot: WantedPlot, year: number) {
    const facts = {
      number: VOUCHER_NUMBERS.create(),
      parcelCode: plot.parcelCode,
      village: plot.village ?? '',
      year,
      forestClass: 'tea',
      method: plot.method ?? '',
      coefficientSet: plot.coefficientSet ?? '',
      issuedAt: tx.now,
    };
    return { ...facts, measurement: plot.measurement ?? '', hash: voucherHash(tx.book, facts) };
  }
}

function faultOf({ village, forestClass, measurement, rechecked }: WantedPlot): VoucherFault | undefined {
  if (village === null) return 'unknown';
  if (forestClass !== 'tea') return 'not-tea';
  if (measurement === null) return 'not-measured';
  return rechecked ? undefined : 'not-rechecked';
}
