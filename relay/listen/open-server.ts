/** Node's server with the relay's limits, by TLS where there is a certificate, on the chosen address. */
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type RelaySettings, SettingsError } from '../settings/settings';
import { answerClientErrors } from './client-error';

/** Longer than a browser keeps an idle connection, so that it never sends into one that just closed. */
const keepAliveMs = 75_000;
/** How often Node looks for requests that are late. */
const lateCheckMs = 1000;

/** @throws SettingsError when the address cannot be used. */
export async function openServer(settings: RelaySettings): Promise<Server> {
  const { tls, headersTimeoutMs, requestTimeoutMs, headerLimitBytes } = settings;
  const options: ServerOptions = {
    keepAliveTimeout: keepAliveMs,
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: lateCheckMs,
    maxHeaderSize: headerLimitBytes,
  };
  const server = tls ? createTlsServer({ ...options, ...tls }) : createServer(options);
  server.on('clientError', answerClientErrors(settings));
  await listen(server, settings);
  return server;
}

function listen(server: Server, { host, port }: RelaySettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(refusedAddress(error, host, port));
    server.once('error', refuse);
    server.listen(port, host.replace(/^\[|\]$/g, ''), () => {
      server.off('error', refuse);
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
