/** A TCP proxy in front of a server, whose connections a test can cut, all or those that carry a given request. */
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface CuttableProxy {
  readonly url: string;
  /** Cuts the open connections whose last request begins so, without a word. @returns how many */
  cut(requestLine: string): number;
  /** From now on connections break as soon as a request begins so; without it none does. */
  refuse(requestLine?: string): void;
  /** Connections that are open. */
  readonly open: number;
  stop(): Promise<void>;
}

export async function startCuttableProxy(target: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(target);
  const lastRequest = new Map<Socket, string>();
  let refused: string | undefined;
  const server = createServer((client) => {
    const upstream = connect({ host: hostname, port: Number(port) });
    lastRequest.set(client, '');
    client.on('data', (bytes) => {
      const line = /^[A-Z]+ \/\S* HTTP\/1\.1/.exec(bytes.toString('latin1'))?.[0];
      if (line !== undefined) lastRequest.set(client, line);
      if (refused !== undefined && line?.startsWith(refused)) client.destroy();
    });
    client.pipe(upstream).pipe(client);
    const end = (): void => {
      lastRequest.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut(requestLine) {
      const found = [...lastRequest].filter(([, line]) => line.startsWith(requestLine));
      for (const [socket] of found) socket.destroy();
      return found.length;
    },
    refuse(requestLine) {
      refused = requestLine;
    },
    get open() {
      return lastRequest.size;
    },
    async stop() {
      for (const socket of lastRequest.keys()) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
