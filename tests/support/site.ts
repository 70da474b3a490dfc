/** One address whose relay and build can be changed or taken away, and which counts what it sends. */
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startRelay, type StartedRelay } from './start-relay';

export class Site {
  /** How often each path was sent whole; "not modified" is not a sending. */
  readonly sent = new Map<string, number>();
  readonly #environment: Readonly<Record<string, string>>;
  readonly #held = new Map<string, Promise<void>>();
  #relay: StartedRelay | undefined;
  #server: Server | undefined;
  #port = 0;

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** @param pageDirectory of another build than that of the relay */
  async open(pageDirectory?: string): Promise<void> {
    const page: [string, string][] = pageDirectory === undefined ? [] : [['RELAY_PAGE_DIR', pageDirectory]];
    this.#relay = await startRelay({ ...this.#environment, ...Object.fromEntries(page) });
    const { hostname, port } = new URL(this.#relay.url);
    this.#server = createServer((incoming, outgoing) => {
      const path = new URL(incoming.url ?? '/', this.url).pathname;
      const { method, headers } = incoming;
      const forward = () => {
        const forwarded = ask({ hostname, port, path: incoming.url, method, headers }, (reply) => {
          if (method === 'GET' && reply.statusCode === 200)
            this.sent.set(path, (this.sent.get(path) ?? 0) + 1);
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(outgoing);
        });
        forwarded.on('error', () => outgoing.destroy());
        incoming.pipe(forwarded);
      };
      void (this.#held.get(path) ?? Promise.resolve()).then(forward);
    });
    await this.#listen(this.#server);
  }

  /** Nothing answers at the address from now on. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    await this.#relay?.stop();
    this.#relay = undefined;
  }

  /** Another program listens here, with a web page for every path. */
  async openAnother(html: string): Promise<void> {
    this.#server = createServer((_, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/html' });
      outgoing.end(html);
    });
    await this.#listen(this.#server);
  }

  /** Keeps a path waiting. @returns what lets it go on */
  hold(path: string): () => void {
    let release = () => {};
    this.#held.set(path, new Promise((resolve) => (release = resolve)));
    return () => release();
  }

  async #listen(server: Server): Promise<void> {
    await new Promise<void>((resolve) => server.listen(this.#port, 'localhost', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }
}
