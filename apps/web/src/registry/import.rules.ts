const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The type under which the server takes a file; what is in it the server finds out itself. */
export const typeOf = (name: string): string =>
  name.toLowerCase().endsWith('.xlsx') ? WORKBOOK : 'text/csv';
