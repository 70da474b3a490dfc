/** Reads markdown source into block nodes with marked's lexer, and remembers inline content it has read before. */
import { Lexer, type Links, type Token } from 'marked';
import { BoundedTokenizer } from './bounded-tokenizer';
import type { BlockNode, InlineNode } from './markdown-node';
import { readBlock } from './read-block';
import { readInline } from './read-inline';

/** A top-level piece of the source; `node` is absent for blank lines and link definitions. */
export interface ReadPiece {
  readonly type: string;
  /** May lack the line ends that follow the block. */
  readonly raw: string;
  /** An indented code block, which may go on after a blank line. */
  readonly isIndented: boolean;
  readonly node: BlockNode | undefined;
}

export interface Reading {
  readonly pieces: readonly ReadPiece[];
  /** The definitions that were given and those of this source. */
  readonly links: Links;
}

export class BlockReader {
  /** Inline content of the last reading by its source: the open block is read again with every frame. */
  #known = new Map<string, readonly InlineNode[]>();
  #knownLinks = '';

  /** @param links definitions of earlier text; of two with the same label the first counts */
  read(source: string, links: Links): Reading {
    const lexer = newLexer(links);
    try {
      lexer.blockTokens(source, lexer.tokens);
      const inlineOf = this.#inlineReader(lexer);
      return { pieces: lexer.tokens.map((token) => toPiece(token, inlineOf)), links: lexer.tokens.links };
    } catch {
      // Thousands of nested markers exhaust the lexer's stack; such a text is shown as it stands.
      return { pieces: [asItStands(source)], links };
    }
  }

  #inlineReader(lexer: Lexer): (tokens: readonly Token[]) => readonly InlineNode[] {
    const sources = new Map<readonly Token[], string>(
      lexer.inlineQueue.map(({ tokens, src }) => [tokens, src] as const),
    );
    const links = linksKey(lexer.tokens.links);
    const known = links === this.#knownLinks ? this.#known : new Map<string, readonly InlineNode[]>();
    const next = new Map<string, readonly InlineNode[]>();
    this.#known = next;
    this.#knownLinks = links;
    return (tokens) => {
      const source = sources.get(tokens);
      if (source === undefined) return [];
      const nodes = next.get(source) ?? known.get(source) ?? readSource(lexer, source);
      next.set(source, nodes);
      return nodes;
    };
  }
}

/** Only the definitions of a source, without the work of reading its inline content. */
export function readLinks(source: string, links: Links): Links {
  const lexer = newLexer(links);
  lexer.blockTokens(source, lexer.tokens);
  return lexer.tokens.links;
}

/** Equal for equal definitions. */
export function linksKey(links: Links): string {
  const labels = Object.keys(links);
  return labels.length === 0 ? '' : JSON.stringify(labels.map((label) => [label, links[label]]));
}

function newLexer(links: Links): Lexer {
  const lexer = new Lexer({ gfm: true, tokenizer: new BoundedTokenizer() });
  Object.assign(lexer.tokens.links, links);
  return lexer;
}

function readSource(lexer: Lexer, source: string): readonly InlineNode[] {
  // An unclosed <pre> or <a> must not leak from one block into the next.
  lexer.state.inRawBlock = false;
  lexer.state.inLink = false;
  return readInline(lexer.inlineTokens(source));
}

function toPiece(token: Token, inlineOf: (tokens: readonly Token[]) => readonly InlineNode[]): ReadPiece {
  const isIndented =
    token.type === 'code' && 'codeBlockStyle' in token && token.codeBlockStyle === 'indented';
  return { type: token.type, raw: token.raw, isIndented, node: readBlock(token, inlineOf) };
}

function asItStands(source: string): ReadPiece {
  return { type: 'html', raw: source, isIndented: false, node: { type: 'html', raw: source } };
}
