/**
 * Reads a markdown text that grows at its end: finished blocks are read once and keep their objects,
 * only the open end is read again. The outcome is that of reading the whole text at once.
 */
import type { Links } from 'marked';
import { BlockReader, linksKey, readLinks, type ReadPiece } from './block-reader';
import { endOfSettled } from './end-of-settled';
import type { BlockNode } from './markdown-node';
import { OpenFence } from './open-fence';
import { reuseBlock } from './reuse-nodes';

export class IncrementalMarkdown {
  readonly #reader = new BlockReader();
  #text = '';
  /** What is not settled yet, with `\n` as the only line end. */
  #tail = '';
  #nodes: readonly BlockNode[] = [];
  /** How many of the nodes are finished. */
  #settled = 0;
  /** Definitions of the settled text. */
  #links: Links = {};
  /** Identifies the definitions that the settled nodes were read with, and those of the open end. */
  #appliedLinks = '';
  #tailLinks = '';
  #fence: OpenFence | undefined;

  /**
   * @param text the whole text so far; when it does not continue the last one, everything is read anew
   * @param isComplete no more will come for now: an open fence and definitions at the very end count too
   */
  update(text: string, isComplete: boolean): readonly BlockNode[] {
    if (!text.startsWith(this.#text)) this.#reset();
    this.#append(text.slice(this.#text.length));
    this.#text = text;
    this.#readTail(isComplete);
    return this.#nodes;
  }

  #reset(): void {
    this.#text = '';
    this.#tail = '';
    this.#nodes = [];
    this.#settled = 0;
    this.#links = {};
    this.#appliedLinks = '';
    this.#tailLinks = '';
    this.#fence = undefined;
  }

  #append(added: string): void {
    // A \r\n that was cut in two must not become two line ends.
    const rest = this.#text.endsWith('\r') && added.startsWith('\n') ? added.slice(1) : added;
    this.#tail += rest.replace(/\r\n?/g, '\n');
  }

  #readTail(isComplete: boolean): void {
    if (!isComplete && this.#isInsideFence()) return;
    const { pieces, links } = this.#reader.read(this.#tail, this.#links);
    const before = this.#settled;
    this.#takeOver(pieces, links);
    this.#useLinks(isComplete ? links : this.#links, links, before);
    if (!isComplete) this.#isInsideFence();
  }

  /** Shows the pieces and settles those that no further text can change. */
  #takeOver(pieces: readonly ReadPiece[], links: Links): void {
    const key = linksKey(links);
    // What has references may only be kept when they still lead to the same places.
    const canReuse = (raw: string) => key === this.#tailLinks || !raw.includes('[');
    const open = this.#nodes.slice(this.#settled);
    const nodes = pieces
      .flatMap(({ node }) => node ?? [])
      .map((node, index) => (canReuse(node.raw) ? reuseBlock(open[index], node) : node));
    this.#tailLinks = key;
    const { count, offset } = endOfSettled(pieces, this.#tail);
    this.#nodes = [...this.#nodes.slice(0, this.#settled), ...nodes];
    if (count === 0) return;
    if (key !== linksKey(this.#links)) this.#links = readLinks(this.#tail.slice(0, offset), this.#links);
    this.#settled += pieces.slice(0, count).filter(({ node }) => node !== undefined).length;
    this.#tail = this.#tail.slice(offset);
    this.#fence = undefined;
  }

  /**
   * Definitions may stand below the blocks that refer to them: reads those settled blocks again.
   * @param links the definitions that count now
   * @param tailLinks those that the blocks from `firstFresh` on were read with
   */
  #useLinks(links: Links, tailLinks: Links, firstFresh: number): void {
    const key = linksKey(links);
    const from = key !== this.#appliedLinks ? 0 : key !== linksKey(tailLinks) ? firstFresh : this.#settled;
    this.#appliedLinks = key;
    if (from >= this.#settled) return;
    this.#nodes = this.#nodes.map((node, index) =>
      index >= from && index < this.#settled && node.raw.includes('[') ? this.#readAgain(node, links) : node,
    );
  }

  #readAgain(node: BlockNode, links: Links): BlockNode {
    return this.#reader.read(node.raw, links).pieces.find((piece) => piece.node !== undefined)?.node ?? node;
  }

  /** A fence that is being written is not read by the lexer at all, however long it grows. */
  #isInsideFence(): boolean {
    this.#fence ??= OpenFence.from(this.#tail);
    if (this.#fence?.isOpenAfter(this.#tail) !== true) {
      this.#fence = undefined;
      return false;
    }
    this.#nodes = [...this.#nodes.slice(0, this.#settled), this.#fence.node(this.#tail)];
    return true;
  }
}
