/** Bytes of a file as text: UTF-8, or UTF-16 where a mark says so. Anything else would turn letters into others unseen. */
import { type DataProblem } from './data-problem';

export type DecodedText = { readonly text: string } | { readonly problems: readonly DataProblem[] };

export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  return decoded(bytes, 'utf-8');
}

function decoded(bytes: Uint8Array, encoding: string): DecodedText {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return { text };
  } catch {
    // Told below, with the line.
  }
  const message =
    'This is not UTF-8 text. Save the file as UTF-8; a spreadsheet has to be exported as CSV first.';
  return { problems: [{ line: firstBadLine(bytes), message }] };
}

function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end + 1;
    try {
      if (decoder.decode(bytes.subarray(from, to)).includes('\0')) return line;
    } catch {
      return line;
    }
    from = to;
  }
  return 1;
}
