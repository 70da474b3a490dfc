/** A GGUF with another chat template, so that a small model can be tried with what larger ones bring along. */

/** Of the tensor data in a file; a longer head must not disturb it. */
const alignment = 32;

/** @param content of the whole file; its key `tokenizer.chat_template` must stand in the first 16 MB */
export async function withChatTemplate(content: Blob, template: string): Promise<Blob> {
  const head = new Uint8Array(await content.slice(0, 16e6).arrayBuffer());
  const key = new TextEncoder().encode('tokenizer.chat_template');
  const at = head.findIndex((_, index) => key.every((byte, offset) => head[index + offset] === byte));
  if (at < 0) throw new Error('The model has no chat template.');
  // Type (4 bytes, 8 means text), length (8 bytes), then the text itself.
  const lengthAt = at + key.length + 4;
  const length = Number(new DataView(head.buffer).getBigUint64(lengthAt, true));
  const end = lengthAt + 8 + length;
  // A comment fills the gap: blanks would be written into the prompt.
  const comment = '{##}';
  const missing = length - template.length - comment.length;
  const gap = ((missing % alignment) + alignment) % alignment;
  const padded = `${template}{#${' '.repeat(gap)}#}`;
  const text = new TextEncoder().encode(padded);
  if (text.length !== padded.length) throw new Error('The template must be plain ASCII.');
  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, BigInt(text.length), true);
  return new Blob([content.slice(0, lengthAt), size.buffer, text, content.slice(end)]);
}
