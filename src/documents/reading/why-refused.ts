/** Says what a file is that `identifyKind` does not take. */
import { endingOf, isRtf } from './identify-kind';
import { looksBinary } from './looks-binary';
import { unreadable } from './unreadable';
import type { BackendError } from '../../core/backend-error';
import { isZip } from './zip/zip-content';

const exportIt = 'Save it as PDF, DOCX or text in the program that made it, and add that.';

/** By the first bytes, as hexadecimal digits. */
const signatures: readonly (readonly [start: RegExp, what: string, hint?: string])[] = [
  [/^d0cf11e0a1b11ae1/, 'an old or an encrypted Office file', `Remove its password, or ${lower(exportIt)}`],
  [
    /^(89504e47|ffd8ff|47494638|49492a00|4d4d002a|424d....0000|52494646........57454250)/,
    'a picture',
    'Recognise its text first (OCR), and add the text or a PDF that holds it.',
  ],
  [
    /^(4f676753|fffb|494433|664c6143|52494646........(57415645|41564920)|1a45dfa3|........66747970)/,
    'a sound or a film',
    'Add its transcript.',
  ],
  [/^(1f8b|425a68|fd377a58|377abcaf|52617221|28b52ffd)/, 'a packed archive', 'Unpack it, and add the files.'],
  [/^(7f454c46|4d5a|cafebabe|cffaedfe|0061736d)/, 'a program'],
  [/^53514c69746520/, 'a database', 'Export its tables as CSV, and add those.'],
];

/** @param head as for `identifyKind`, which returned undefined */
export function whyRefused(name: string, head: Uint8Array): BackendError {
  if (head.length === 0)
    return unreadable(`${name} is empty.`, 'Check that it was saved or copied to its end.');
  if (isRtf(head)) return unreadable(`${name} is rich text (RTF), which is not read.`, exportIt);
  if (isZip(head)) return ofZip(name);
  const digits = Array.from(head.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const found = signatures.find(([start]) => start.test(digits));
  if (found)
    return unreadable(`${name} is ${found[1]}, which holds no text to search.`, found[2] ?? exportIt);
  const what = looksBinary(head) ? 'not text, and no kind of document that is read here' : 'no document';
  return unreadable(`${name} is ${what}.`, exportIt);
}

function ofZip(name: string): BackendError {
  const ending = endingOf(name);
  const isTable = /^(xls|ods)/.test(ending);
  const isShow = /^(ppt|odp)/.test(ending);
  if (isTable)
    return unreadable(
      `${name} is a spreadsheet, which is not read.`,
      'Save its tables as CSV, and add those.',
    );
  if (isShow)
    return unreadable(`${name} is a presentation, which is not read.`, 'Save it as PDF, and add that.');
  return unreadable(`${name} is a zip archive and no document.`, 'Unpack it, and add the files.');
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
