/** A document's text as the pieces that are searched and cited. */
import type { BlockKind, Chunk, DocumentText } from '../../core/document';
import type { ChunkOptions } from './chunk-options';
import { ChunkPacker } from './chunk-packer';
import { type Grain, trimmed } from './cut';

const grains: Readonly<Record<BlockKind, Grain>> = {
  heading: 'sentence',
  paragraph: 'block',
  'list-item': 'block',
  code: 'code',
  'table-row': 'row',
};

/**
 * A heading begins a chunk. Blocks are packed as long as they fit. One that is too long goes by sentences, code by
 * lines, both then by words, and a word by itself too long in pieces. `text.slice(start, end)` is the chunk; each begins
 * after the one before, and together they hold every block. A chunk is over the budget only where one character is.
 * @param countTokens of a text; called about three times for each stretch of the text
 */
export function splitChunks(
  document: DocumentText,
  options: ChunkOptions,
  countTokens: (text: string) => number,
): Chunk[] {
  const packer = new ChunkPacker(document, options, countTokens);
  for (const { kind, start, end, level } of document.blocks) {
    const stretch = trimmed(document.text, start, end);
    if (stretch.start === stretch.end) continue;
    if (kind === 'heading') packer.openSection(stretch, level ?? 1);
    packer.add(stretch, grains[kind], kind === 'heading');
  }
  return packer.finish();
}
