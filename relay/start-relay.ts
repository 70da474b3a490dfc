/** Opens a relay on a port and closes it again: for the program, the tests and the dev server. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createRelay } from './app';
import { inUrl, isLoopback, isWildcard } from './settings/host-names';
import { type RelaySettings, SettingsError } from './settings/settings';
import { closeUpstreams, openUpstreams } from './upstreams/upstream';

/** Longer than a browser keeps an idle connection, so that it never sends into one that just closed. */
const keepAliveMs = 75_000;

export interface RunningRelay {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Breaks off what still runs; resolves when the port is free. */
  close(): Promise<void>;
}

/** @throws SettingsError when the address cannot be used. */
export async function startRelay(settings: RelaySettings): Promise<RunningRelay> {
  const server = createServer({ keepAliveTimeout: keepAliveMs, headersTimeout: keepAliveMs + 5000 });
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const upstreams = openUpstreams(settings.upstreams, settings.idleTimeoutMs);
  // Made after the port is known: the cookie bears it in its name.
  const { fetch } = createRelay({ ...settings, port }, upstreams);
  // The global Request and Response of a program that embeds the relay stay what they were.
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  server.on('request', (incoming, outgoing) => void answer(incoming, outgoing));
  return {
    url: `http://${nameFor(settings.host)}:${port}`,
    port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, closeUpstreams(upstreams)]);
    },
  };
}

function listen(server: Server, { host, port }: RelaySettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusedAddress(error, host, port)));
    server.listen(port, host.replace(/^\[|\]$/g, ''), () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function refusedAddress(error: NodeJS.ErrnoException, host: string, port: number): SettingsError {
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: `PORT ${port} is in use, perhaps by another Switchyard. Stop that program or set PORT to another number.`,
    EACCES: `PORT ${port} may not be used by this account. Set PORT to a number above 1023.`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.`,
    ENOTFOUND: `HOST ${host} is not an address of this machine.`,
  };
  return new SettingsError(
    words[error.code ?? ''] ?? `HOST ${host}, PORT ${port} cannot be used: ${error.message}`,
  );
}

function nameFor(host: string): string {
  return isLoopback(host) || isWildcard(host) ? 'localhost' : inUrl(host);
}
