/** Splits a thought in tags, as many models write it, from the text of the answer. */
import type { ReasoningDelta, TextDelta } from '../../core/chat-event';

export interface ThinkSplitter {
  push(text: string): (TextDelta | ReasoningDelta)[];
  /** Call once at the end: gives what was held back in case it became a tag. */
  flush(): (TextDelta | ReasoningDelta)[];
}

/** Opening tag → closing tag. */
const tags: ReadonlyMap<string, string> = new Map([
  ...['think', 'thinking', 'thought', 'reason', 'reasoning', 'seed:think'].map(
    (name) => [`<${name}>`, `</${name}>`] as const,
  ),
  ['[THINK]', '[/THINK]'],
  ['◁think▷', '◁/think▷'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
]);
const opening =
  /<(?:think|thinking|thought|reason|reasoning|seed:think)>|\[THINK\]|◁think▷|<\|begin_of_thought\|>/g;

/**
 * A tag counts at the start of a line outside a code block only: a text about `<think>` stays a text.
 * @param options `startsInside`: the chat template has already opened the thought, so only `</think>` will come.
 */
export function createThinkSplitter(options: { startsInside?: boolean } = {}): ThinkSplitter {
  let closing = options.startsInside ? '</think>' : undefined;
  let held = '';
  let skipsSpace = false;
  const position = createLinePosition();

  function take(piece: string, deltas: (TextDelta | ReasoningDelta)[]): void {
    const text = skipsSpace ? piece.trimStart() : piece;
    if (!text) return;
    skipsSpace = false;
    if (closing === undefined) position.advance(text);
    deltas.push({ type: closing === undefined ? 'text-delta' : 'reasoning-delta', text });
  }

  function step(deltas: (TextDelta | ReasoningDelta)[]): boolean {
    const found = closing === undefined ? findOpening() : findClosing(closing);
    if (!found) return false;
    take(held.slice(0, found.at), deltas);
    held = held.slice(found.at + found.length);
    closing = found.next;
    skipsSpace = true;
    return true;
  }

  function findOpening() {
    for (const match of held.matchAll(opening)) {
      if (position.isLineStartAfter(held.slice(0, match.index))) {
        return { at: match.index, length: match[0].length, next: tags.get(match[0]) };
      }
    }
    return undefined;
  }

  function findClosing(tag: string) {
    const at = held.indexOf(tag);
    return at < 0 ? undefined : { at, length: tag.length, next: undefined };
  }

  return {
    push(text) {
      held += text;
      const deltas: (TextDelta | ReasoningDelta)[] = [];
      while (step(deltas));
      const kept = longestTagStart(held, closing === undefined ? [...tags.keys()] : [closing]);
      take(held.slice(0, held.length - kept), deltas);
      held = held.slice(held.length - kept);
      return deltas;
    },
    flush() {
      const deltas: (TextDelta | ReasoningDelta)[] = [];
      take(held, deltas);
      held = '';
      return deltas;
    },
  };
}

/** Length of the longest end of `text` that may be the beginning of one of the tags. */
function longestTagStart(text: string, candidates: readonly string[]): number {
  const longest = Math.min(text.length, Math.max(...candidates.map((tag) => tag.length - 1)));
  for (let length = longest; length > 0; length--) {
    const end = text.slice(-length);
    if (candidates.some((tag) => tag.startsWith(end))) return length;
  }
  return 0;
}

/** Knows where in its line, and whether in a fenced code block, the visible text stands. */
function createLinePosition() {
  let line = '';
  let isFenced = false;

  function walk(text: string): { line: string; isFenced: boolean } {
    const lines = (line + text).split('\n');
    const last = lines.pop() ?? '';
    const fences = lines.filter((complete) => /^\s*(```|~~~)/.test(complete)).length;
    return { line: last, isFenced: isFenced !== (fences % 2 === 1) };
  }

  return {
    advance(text: string): void {
      const next = walk(text);
      // Enough to know whether the line is blank or opens a fence; a long line must not grow without end.
      line = next.line.slice(0, 100);
      isFenced = next.isFenced;
    },
    isLineStartAfter(text: string): boolean {
      const at = walk(text);
      return !at.isFenced && at.line.trim() === '';
    },
  };
}
