/** Whether the first bytes of a file are those of its kind: an error page is found out before it is kept. */

/** Text files of a model are JSON or templates; nothing of a model begins like a web page. */
const pageStart = /^\s*<(!doctype|html|\?xml)/i;

/** @param chunk the first bytes; a chunk too short to tell passes, and the hash or the engine tells later */
export function startsLike(path: string, chunk: Uint8Array<ArrayBuffer>): boolean {
  const start = new TextDecoder('latin1').decode(chunk.subarray(0, 32));
  if (path.endsWith('.gguf')) return 'GGUF'.startsWith(start.slice(0, 4));
  if (path.endsWith('.wasm')) return '\0asm'.startsWith(start.slice(0, 4));
  return !pageStart.test(start);
}
