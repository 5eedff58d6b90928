import { timingSafeEqual } from 'node:crypto';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
/** A proxy on the same machine is a loopback peer that speaks for the whole world, and says so. */
const OF_PROXIES = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'];

/** Who asks, as every HTTP server knows it. */
export interface MetricsReader {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A Prometheus on the same machine, or whoever has the token. To anybody else there is nothing at this address. */
export const mayReadMetrics = (reader: MetricsReader, token: string | undefined): boolean =>
  isNeighbour(reader) || hasToken(reader, token);

const isNeighbour = ({ socket, headers }: MetricsReader): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') && OF_PROXIES.every((name) => headers[name] === undefined);

function hasToken({ headers }: MetricsReader, token: string | undefined): boolean {
  if (token === undefined) return false;
  const [wanted, given] = [`Bearer ${token}`, headers.authorization ?? ''].map((text) =>
    Buffer.from(String(text)),
  ) as [Buffer, Buffer];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
