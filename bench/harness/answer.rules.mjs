const HEAD_END = '\r\n\r\n';
const LENGTH = 'content-length: ';

/**
 * The status and whole size in bytes of the HTTP/1.1 answer that begins this buffer; undefined while its head is not
 * complete. Only what a keep-alive answer with a known length looks like is understood.
 * @param {Buffer} bytes
 */
export function readHead(bytes) {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = bytes.latin1Slice(0, end);
  const status = Number(head.slice(9, 12));
  if (!(status >= 100)) throw new Error(`no HTTP answer: ${head.slice(0, 80)}`);
  const at = head.toLowerCase().indexOf(LENGTH);
  if (at < 0) {
    if (status === 204 || status === 304) return { status, size: end + HEAD_END.length };
    throw new Error('an answer without content-length cannot be told from its end');
  }
  const length = Number.parseInt(head.slice(at + LENGTH.length), 10);
  return { status, size: end + HEAD_END.length + length };
}
