/** Where nobody said what the installation is called. */
const UNNAMED = 'tanhui.local';

/** The name of a book's log. It is kept with the log's first seal; what is configured later no longer matters to it. */
export function logOrigin(
  {
    configured,
    publicUrl,
  }: { readonly configured?: string | undefined; readonly publicUrl?: string | undefined },
  bookCode: string,
): string {
  const host = publicUrl === undefined ? UNNAMED : new URL(publicUrl).host;
  return `${configured ?? host}/books/${bookCode}`;
}
