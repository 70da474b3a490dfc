/** Splits a thought in tags, as many models write it, from the text of the answer. */
import type { ReasoningDelta, TextDelta, TextReset } from '../../core/chat-event';

export type ThinkDelta = TextDelta | ReasoningDelta | TextReset;

export interface ThinkSplitter {
  push(text: string): ThinkDelta[];
  /** Call once at the end: gives what was held back in case it became a tag. */
  flush(): ThinkDelta[];
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
  /<(?:think|thinking|thought|reason|reasoning|seed:think)>|\[THINK\]|◁think▷|<\|begin_of_thought\|>|<\/think>/g;

/** The tag of the models whose chat templates open the thought themselves: DeepSeek R1, Qwen 3 thinking. */
const lone = '</think>';
const begunInside = `What stood before ${lone} is shown as a thought: the chat template had opened it.`;
const openingTags = [...tags.keys(), lone];

/**
 * A tag counts at the start of a line outside a code block only: a text about `<think>` stays a text. Where the first
 * one is a closing tag, the thought was opened in the prompt, and what came so far is taken back and given as a thought.
 */
export function createThinkSplitter(): ThinkSplitter {
  let closing: string | undefined;
  let held = '';
  let skipsSpace = false;
  let position = createLinePosition();
  /** All text so far, while it may yet turn out to be a thought. */
  let doubtful: string | undefined = '';

  function take(piece: string, deltas: ThinkDelta[]): void {
    const text = skipsSpace ? piece.trimStart() : piece;
    if (!text) return;
    skipsSpace = false;
    if (closing === undefined) {
      position.advance(text);
      if (doubtful !== undefined) doubtful += text;
    }
    deltas.push({ type: closing === undefined ? 'text-delta' : 'reasoning-delta', text });
  }

  function step(deltas: ThinkDelta[]): boolean {
    const found = closing === undefined ? findTag() : findClosing(closing);
    if (!found) return false;
    if (found.tag === lone && closing === undefined) takeBack(held.slice(0, found.at), deltas);
    else take(held.slice(0, found.at), deltas);
    held = held.slice(found.at + found.tag.length);
    closing = found.next;
    skipsSpace = true;
    doubtful = undefined;
    return true;
  }

  function takeBack(rest: string, deltas: ThinkDelta[]): void {
    const thought = `${doubtful ?? ''}${rest}`;
    if (doubtful) deltas.push({ type: 'text-reset', reason: begunInside });
    if (thought.trim()) deltas.push({ type: 'reasoning-delta', text: thought });
    position = createLinePosition();
  }

  function findTag() {
    for (const { 0: tag, index: at } of held.matchAll(opening)) {
      if (tag === lone && doubtful === undefined) continue;
      if (position.isLineStartAfter(held.slice(0, at))) return { at, tag, next: tags.get(tag) };
    }
    return undefined;
  }

  function findClosing(tag: string) {
    const at = held.indexOf(tag);
    return at < 0 ? undefined : { at, tag, next: undefined };
  }

  return {
    push(text) {
      held += text;
      const deltas: ThinkDelta[] = [];
      while (step(deltas));
      const kept = longestTagStart(held, closing === undefined ? openingTags : [closing]);
      take(held.slice(0, held.length - kept), deltas);
      held = held.slice(held.length - kept);
      return deltas;
    },
    flush() {
      const deltas: ThinkDelta[] = [];
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
