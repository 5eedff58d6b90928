import type { ExportFormat } from '@app/registry';

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The headers of a file that is saved rather than shown. */
export const sentAs = (name: string, format: ExportFormat): { type: string; disposition: string } => ({
  type: TYPES[format],
  disposition: `attachment; filename="${name}.${format}"`,
});
