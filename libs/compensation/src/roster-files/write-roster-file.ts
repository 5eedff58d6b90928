import { Injectable } from '@nestjs/common';

import { formatUnits, MU, YUAN, type Unit } from '@app/kernel';
import { writeWorkbook } from '@app/platform';
import { ROSTER_COLUMN_NAMES, ROSTER_COLUMNS } from './roster-columns';
import { RosterFileStore, type FileScope } from './roster-file.store';

const PERCENT: Unit = { name: '%', scale: 4 };
const FORMS = { area_mu: 'hundredths', amount_yuan: 'hundredths' } as const;

/** 发放清册 as a workbook in the bureau's template: to print, and to be confirmed by sending it back. */
@Injectable()
export class WriteRosterFile {
  constructor(private readonly files: RosterFileStore) {}

  async *execute(book: number, scope: FileScope): AsyncGenerator<Buffer> {
    const lines = await this.files.lines(undefined, book, scope);
    const columns = ROSTER_COLUMN_NAMES.map((column) => {
      const { heading, width } = ROSTER_COLUMNS[column];
      const form = FORMS[column as keyof typeof FORMS];
      return { heading, width, ...(form && { form }) };
    });
    const rows = lines.map((line) => [
      ...[line.partyNo, line.name, line.parcelCode, formatUnits(MU, line.areaMu100)],
      ...[formatUnits(PERCENT, line.sharePpm).replace(/\.?0+$/, ''), formatUnits(YUAN, line.amountFen)],
    ]);
    yield* writeWorkbook([{ name: '发放清册', columns, rows: [rows] }]);
  }
}
