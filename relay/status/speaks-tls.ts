/** Whether a port speaks TLS: a handshake, in which nothing is said and no certificate is judged. */
import { isIP } from 'node:net';
import { connect } from 'node:tls';

/** @param url its host and port are what is asked, whatever its scheme */
export function speaksTls(url: string, signal: AbortSignal): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const usualPort = protocol === 'https:' ? 443 : 80;
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: port === '' ? usualPort : Number(port),
      rejectUnauthorized: false,
      // A certificate may depend on the name; addresses are no names.
      ...(isIP(host) ? {} : { servername: host }),
    });
    const end = (speaks: boolean): void => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(speaks);
    };
    const onAbort = (): void => end(false);
    signal.addEventListener('abort', onAbort);
    socket.once('secureConnect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    if (signal.aborted) end(false);
  });
}
