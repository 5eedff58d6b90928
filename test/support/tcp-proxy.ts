import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One client's connection through the proxy. Either end is cut for the other too. */
export interface Link {
  toClient(bytes: Buffer): void;
  toServer(bytes: Buffer): void;
  /** At once, as when a machine is gone: what is on its way is lost. */
  cut(): void;
}

/** Sees every piece of bytes on its way and passes on what it wants. Pieces of a direction come one after the other. */
export interface Watcher {
  fromClient?(bytes: Buffer, link: Link): Promise<void> | void;
  fromServer?(bytes: Buffer, link: Link): Promise<void> | void;
}

/** Stands between a client and a server of this machine, and can cut them apart at any byte. */
export class TcpProxy {
  readonly #links = new Set<Link>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /**
   * @param target is asked for each connection: a server that was started again may listen elsewhere
   * @param watch is called once for each connection
   */
  static async before(
    target: () => { host: string; port: number },
    watch: () => Watcher = () => ({}),
  ): Promise<TcpProxy> {
    const server = createServer((client) => proxy.join(client, connect(target()), watch()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy: TcpProxy = new TcpProxy(server, (server.address() as AddressInfo).port);
    return proxy;
  }

  /** Before the server that a URL names. */
  static beforeUrl(url: string, watch?: () => Watcher): Promise<TcpProxy> {
    const { hostname: host, port } = new URL(url);
    return TcpProxy.before(() => ({ host, port: Number(port) }), watch);
  }

  /** Cuts all who are connected now; new connections are let through. */
  cutAll(): void {
    for (const link of [...this.#links]) link.cut();
  }

  async close(): Promise<void> {
    this.cutAll();
    this.server.close();
    await once(this.server, 'close');
  }

  /** The same URL, through the proxy. */
  through(url: string): string {
    const changed = new URL(url);
    changed.hostname = '127.0.0.1';
    changed.port = String(this.port);
    return changed.href;
  }

  private join(client: Socket, server: Socket, watcher: Watcher): void {
    const link: Link = {
      toClient: (bytes) => write(client, bytes),
      toServer: (bytes) => write(server, bytes),
      cut: () => {
        client.destroy();
        server.destroy();
        this.#links.delete(link);
      },
    };
    this.#links.add(link);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => link.cut());
      socket.on('close', () => link.cut());
    }
    inOrder(client, (bytes) => (watcher.fromClient ? watcher.fromClient(bytes, link) : link.toServer(bytes)));
    inOrder(server, (bytes) => (watcher.fromServer ? watcher.fromServer(bytes, link) : link.toClient(bytes)));
  }
}

/** A watcher that waits holds up what comes after. */
function inOrder(socket: Socket, look: (bytes: Buffer) => Promise<void> | void): void {
  let before: Promise<void> | void = undefined;
  socket.on('data', (bytes) => {
    before = before ? before.then(() => look(bytes)) : look(bytes);
  });
}

const write = (to: Socket, bytes: Buffer): void => {
  if (bytes.length > 0 && !to.destroyed) to.write(bytes);
};
