/** A document's text as sections of blocks, so that a long one can be shown piece by piece. Pure. */
import type { Block, DocumentText, PageStarts } from '../../../core/document';
import type { PassageRange } from '../document-path';
import type { TextPart } from '../search/mark-words';

export interface TextSection {
  readonly start: number;
  readonly end: number;
  readonly blocks: readonly Block[];
}

/** Characters; about four screens. */
const sectionLength = 8000;

export function textSections({
  text,
  blocks,
}: Pick<DocumentText, 'text' | 'blocks'>): readonly TextSection[] {
  const sections: TextSection[] = [];
  let gathered: Block[] = [];
  const close = (): void => {
    const [first] = gathered;
    const last = gathered.at(-1);
    if (first && last) sections.push({ start: first.start, end: last.end, blocks: gathered });
    gathered = [];
  };
  for (const block of withGapsFilled(text, blocks)) {
    gathered.push(block);
    if (block.end - (gathered[0]?.start ?? 0) >= sectionLength) close();
  }
  close();
  return sections;
}

/** Where in the list the section lies that holds the offset; the first where none does. */
export function sectionAt(sections: readonly TextSection[], offset: number): number {
  return Math.max(
    0,
    sections.findIndex(({ end }) => offset < end),
  );
}

/** The text of a block, cut where the passage begins and ends. */
export function blockParts(
  text: string,
  { start, end }: Block,
  range: PassageRange | undefined,
): readonly TextPart[] {
  const from = Math.min(end, Math.max(start, range?.start ?? end));
  const until = Math.min(end, Math.max(from, range?.end ?? end));
  return [
    { text: text.slice(start, from), isMarked: false },
    { text: text.slice(from, until), isMarked: true },
    { text: text.slice(until, end), isMarked: false },
  ].filter(({ text }) => text.length > 0);
}

/** @returns from 1; undefined where the text has no pages */
export function pageAt(pages: PageStarts | undefined, offset: number): number | undefined {
  if (!pages || pages.length === 0) return undefined;
  let low = 0;
  let high = pages.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pages[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** What no block holds is shown all the same: nothing of a document may be missing unsaid. */
function* withGapsFilled(text: string, blocks: readonly Block[]): Generator<Block> {
  let end = 0;
  for (const block of blocks) {
    yield* gap(text, end, block.start);
    yield block;
    end = block.end;
  }
  yield* gap(text, end, text.length);
}

function* gap(text: string, start: number, end: number): Generator<Block> {
  const between = text.slice(start, end);
  const inner = between.trim();
  if (inner === '') return;
  const first = start + between.indexOf(inner);
  yield { kind: 'paragraph', start: first, end: first + inner.length };
}
