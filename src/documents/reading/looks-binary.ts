/** Whether bytes are no text in any encoding that we read. */
import { utf16Guess } from './utf16-guess';

/** Of all bytes. Texts hold a stray control character now and then, as from an old printer or terminal. */
const mostControls = 0.02;

export function looksBinary(head: Uint8Array): boolean {
  if (utf16Guess(head)) return false;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    // Tab, line ends, form feed, and the escapes of coloured logs are usual.
    const isUsual = byte >= 32 || (byte >= 9 && byte <= 13) || byte === 27;
    if (!isUsual || byte === 127) controls++;
  }
  return controls > head.length * mostControls;
}
