/** Bytes as text. What is not UTF-8 and names no encoding is guessed, and the guess is told. */
import { looksBinary } from './looks-binary';
import { unreadable } from './unreadable';
import { utf16Guess } from './utf16-guess';

export interface DecodedText {
  /** Line ends are `\n`; no byte order mark. */
  readonly text: string;
  readonly notices: readonly string[];
}

/** Of the characters: a file cut in a copy, or joined from two, still counts as UTF-8. */
const mostBroken = 0.001;

/**
 * @param declared an encoding that the content names, as `<meta charset>` does; a byte order mark goes before it
 * @throws BackendError `unreadable-document` where it is no text
 */
export function decodeText(name: string, bytes: Uint8Array, declared?: string): DecodedText {
  const utf16 = utf16Guess(bytes);
  if (utf16) return asRead(name, new TextDecoder(utf16).decode(bytes));
  if (looksBinary(bytes)) throw unreadable(`${name} is not text.`);
  if (declared !== undefined && isKnown(declared))
    return asRead(name, new TextDecoder(declared).decode(bytes));
  const text = decoded(bytes, 'utf-8');
  if (text !== undefined) return asRead(name, text);
  const mended = new TextDecoder().decode(bytes);
  const broken = count(mended, '\uFFFD');
  if (broken <= mended.length * mostBroken) {
    return asRead(
      name,
      mended,
      `${broken} ${broken === 1 ? 'character' : 'characters'} could not be decoded: � stands there.`,
    );
  }
  const guess = legacyGuess(bytes);
  return asRead(
    name,
    new TextDecoder(guess).decode(bytes),
    `The encoding is not UTF-8 and was guessed (${guess}). If letters look wrong, save the file as UTF-8 and add it again.`,
  );
}

/** The encoding that the beginning of HTML or XML names. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const found =
    /<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)/i.exec(head) ??
    /<meta[^>]*\bcharset\s*=\s*["']?([\w.:-]+)/i.exec(head);
  return found?.[1];
}

function asRead(name: string, decodedText: string, ...notices: string[]): DecodedText {
  const text = decodedText.replace(/\r\n?/g, '\n');
  if (text.trim() === '')
    throw unreadable(`There is no text in ${name}.`, 'Check that it was saved to its end.');
  return { text, notices };
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isKnown(encoding: string): boolean {
  try {
    // What looks like one byte per character here cannot be UTF-16, whatever it says of itself.
    return !new TextDecoder(encoding).encoding.startsWith('utf-16');
  } catch {
    return false;
  }
}

/** Most letters beyond ASCII: no language of Western Europe is written so. */
const foreignShare = 0.4;
/** Of those: small Cyrillic letters stand in the last two rows, where other encodings scatter theirs. */
const cyrillicShare = 0.6;

function legacyGuess(bytes: Uint8Array): string {
  let [letters, high, last] = [0, 0, 0];
  for (const byte of bytes) {
    if (byte >= 0x80) high++;
    if (byte >= 0xe0) last++;
    else if ((byte | 32) >= 0x61 && (byte | 32) <= 0x7a && byte < 0x80) letters++;
  }
  if (high < (letters + high) * foreignShare) return 'windows-1252';
  if (last > high * cyrillicShare) return 'windows-1251';
  const fitting = ['shift_jis', 'gb18030', 'euc-kr', 'big5'].find((one) => decoded(bytes, one) !== undefined);
  return fitting ?? 'windows-1252';
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
