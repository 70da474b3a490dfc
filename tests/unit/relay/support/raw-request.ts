/** Sends the very bytes that a test names: clients like fetch would correct the odd ones. */
import { connect } from 'node:net';

interface RawReply {
  readonly status: number;
  /** The head, lower case. */
  readonly head: string;
  readonly body: string;
}

/** `lines` are the request line and the headers; a Host that fits is added unless one is given. */
export function rawRequest(port: number, lines: readonly string[], body = ''): Promise<RawReply> {
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: localhost:${port}`];
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const bytes = `${[...lines, ...host, ...length, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      const end = text.indexOf('\r\n\r\n');
      const head = text.slice(0, end).toLowerCase();
      resolve({ status: Number(/^http\/1.1 (\d+)/.exec(head)?.[1]), head, body: text.slice(end + 4) });
    });
  });
}
