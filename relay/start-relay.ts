/** Opens a relay on a port and closes it again: for the program, the tests and the dev server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRelay } from './app';
import { relayPaths } from './contract';
import { closeDatabases, openDatabases } from './databases/passage-database';
import { openServer } from './listen/open-server';
import { RunningRequests } from './listen/running-requests';
import { type Log, openLog } from './observe/log';
import { type RelayError, writeError } from './replies/relay-error';
import { inUrl, isLoopback, isWildcard } from './settings/host-names';
import type { RelaySettings } from './settings/settings';
import { closeUpstreams, openUpstreams } from './upstreams/upstream';

export interface RunningRelay {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Requests that are being answered. */
  readonly runningRequests: number;
  /** Lets what runs come to its end, answers all else with 503 meanwhile, and closes after `graceMs` at the latest. */
  drain(graceMs: number): Promise<void>;
  /** Breaks off what still runs; resolves when the port is free. */
  close(): Promise<void>;
}

/** @throws SettingsError when the address cannot be used. */
export async function startRelay(
  settings: RelaySettings,
  log: Log = openLog(settings.logLevel),
): Promise<RunningRelay> {
  const server = await openServer(settings);
  const { port } = server.address() as AddressInfo;
  const upstreams = openUpstreams(settings.upstreams, settings);
  const databases = openDatabases(settings.databases, settings);
  // Made after the port is known: the cookie bears it in its name.
  const running = new RunningRequests();
  const answer = createRelay({ ...settings, port }, upstreams, log, running, databases);
  server.on('request', (incoming, outgoing) => {
    // A channel of answers stays open while it is idle; the answers themselves are counted.
    if (incoming.url !== relayPaths.answers) running.add(outgoing);
    answer(incoming, outgoing);
  });
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await Promise.all([closed, closeUpstreams(upstreams), closeDatabases(databases)]);
  };
  const url = `${settings.tls ? 'https' : 'http'}://${nameFor(settings.host)}:${port}`;
  log.info({ url, version: settings.version, upstreams: [...upstreams.keys()] }, 'started');
  return {
    url,
    port,
    get runningRequests() {
      return running.count;
    },
    drain: async (graceMs) => {
      // Still listening: a balancer asks for the health and must get an answer that says no.
      server.removeAllListeners('request');
      server.on('request', refuseAtEnd);
      log.info({ runningRequests: running.count, graceMs }, 'ending');
      await running.settle(graceMs);
      await close();
    },
    close,
  };
}

function refuseAtEnd(_incoming: IncomingMessage, outgoing: ServerResponse): void {
  writeError(outgoing, ending, []);
}

const ending: RelayError = {
  status: 503,
  code: 'unreachable',
  message: 'The relay is about to end. Try again when it has been started anew.',
  retryAfterSeconds: 5,
  closes: true,
};

function nameFor(host: string): string {
  return isLoopback(host) || isWildcard(host) ? 'localhost' : inUrl(host);
}
