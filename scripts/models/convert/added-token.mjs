/** A token beside the ordinary vocabulary, as `tokenizer.json` words it. */

/** @param {{ id: number, content: string, isSpecial: boolean }} token */
export function addedToken({ id, content, isSpecial }) {
  return {
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: isSpecial,
  };
}
