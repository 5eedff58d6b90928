import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Delivery {
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

interface Told {
  readonly status: number;
  readonly text: string;
  readonly type?: string;
}

/** Strangers who keep what is published: an object store that never overwrites, and somebody with a webhook. */
export class Strangers {
  readonly objects = new Map<string, string>();
  readonly deliveries: Delivery[] = [];
  /** How many of the next requests find the place broken. */
  broken = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Strangers> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const strangers = new Strangers(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      void bodyOf(request).then((body) => {
        const { status, text, type } = strangers.answer(request, body);
        response.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(text);
      });
    });
    return strangers;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(request: IncomingMessage, body: string): Told {
    const { method, url = '', headers } = request;
    if (this.broken > 0) {
      this.broken -= 1;
      return { status: 503, text: '' };
    }
    if (method === 'GET') {
      const text = this.objects.get(url) ?? '';
      return text.startsWith('{') ? { status: 200, text, type: 'application/json' } : { status: 200, text };
    }
    if (method === 'POST') {
      this.deliveries.push({ body, headers });
      return { status: 202, text: '' };
    }
    if (headers['if-none-match'] !== '*' || headers.authorization !== 'Bearer store')
      return { status: 400, text: '' };
    if (this.objects.has(url)) return { status: 412, text: '' };
    this.objects.set(url, body);
    return { status: 201, text: '' };
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
