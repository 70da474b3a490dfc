/** Chooses the passages that fit into the budget: the best first, and a later one where it still fits. */
import { estimateTokens } from '../../core/estimate-tokens';
import type { Passage } from '../../core/retrieval';

export interface FittedPassages {
  readonly passages: readonly Passage[];
  readonly leftOut: readonly Passage[];
  /** The best one was longer than the whole budget, and only its beginning is there. */
  readonly isCut: boolean;
}

/** The head of a passage: its number, its document, its page and headings. */
const headTokens = 40;
/** Less than this of a passage tells nothing. */
const leastTokens = 60;

/** So many shall fit at least, where so many are wanted. */
const fewest = 4;

/** @returns tokens of a passage so that several of them fit, and what is joined to one does not push out the others */
export function longestPassage(tokens: number, wanted: number): number {
  return Math.max(0, Math.floor(tokens / Math.min(fewest, wanted)) - headTokens);
}

/** @param tokens estimated like everything here: about four characters each */
export function fitPassages(found: readonly Passage[], tokens: number): FittedPassages {
  const [best, ...others] = found;
  if (best && passageTokens(best) > tokens) {
    // A worse one in its place would be taken for the best that was found.
    if (tokens < headTokens + leastTokens) return { passages: [], leftOut: found, isCut: false };
    return { passages: [beginning(best, tokens - headTokens)], leftOut: others, isCut: true };
  }
  const passages: Passage[] = [];
  const leftOut: Passage[] = [];
  let left = tokens;
  for (const passage of found) {
    const size = passageTokens(passage);
    if (size <= left) {
      passages.push(passage);
      left -= size;
    } else leftOut.push(passage);
  }
  return { passages, leftOut, isCut: false };
}

export function passageTokens({ text }: Pick<Passage, 'text'>): number {
  return headTokens + estimateTokens(text);
}

/** Up to the last space within the limit, so that no word is cut. */
function beginning(passage: Passage, tokens: number): Passage {
  const most = passage.text.slice(0, tokens * 4);
  const end = most.search(/\s\S*$/);
  const text = end > 0 ? most.slice(0, end) : most;
  return { ...passage, text, ...(passage.start !== undefined && { end: passage.start + text.length }) };
}
