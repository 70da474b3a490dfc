/** Bytes as text of one character each: for names and marks that are ASCII in any encoding. */
export function asciiOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
