import type { AddedFile } from './added-file';

/** @param name with an ending that tells its kind, or without for plain text */
export function textFile(name: string, text: string): AddedFile {
  const trimmed = name.trim() || 'Pasted text';
  const fileName = /\.[a-z][a-z0-9]{0,5}$/i.test(trimmed) ? trimmed : `${trimmed}.txt`;
  return { file: new File([text], fileName, { type: 'text/plain' }) };
}
