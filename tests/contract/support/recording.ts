/** Reads a recorded answer of a real server: status, headers and the bytes of its body. */
import { readFileSync } from 'node:fs';

export interface Recording {
  readonly status: number;
  /** Without those that describe the framing: whoever replays it frames it anew. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The connection closed in the middle of a chunked body. */
  readonly isCut: boolean;
}

/** @param name `SERVER/NAME` below `tests/fixtures/recordings`. */
export function readRecording(name: string): Recording {
  const bytes = readFileSync(new URL(`../../fixtures/recordings/${name}.txt`, import.meta.url));
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...headerLines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    headerLines
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ])
      .filter(([key = '']) => !/^(transfer-encoding|content-length|connection|keep-alive|date)$/.test(key)),
  ) as Record<string, string>;
  const rest = bytes.subarray(end + 4);
  const isFramed = /^[0-9a-f]+\r\n/.test(rest.subarray(0, 12).toString('latin1'));
  const { body, isCut } = isFramed ? unframe(rest) : { body: rest, isCut: false };
  return { status: Number(statusLine.split(' ')[1]), headers, body: new Uint8Array(body), isCut };
}

function unframe(framed: Buffer): { body: Buffer; isCut: boolean } {
  const pieces: Buffer[] = [];
  for (let at = 0; at < framed.length;) {
    const lineEnd = framed.indexOf('\r\n', at);
    const size = parseInt(framed.subarray(at, lineEnd).toString('latin1'), 16);
    if (size === 0) return { body: Buffer.concat(pieces), isCut: false };
    pieces.push(framed.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return { body: Buffer.concat(pieces), isCut: true };
}
