/** Turns one of marked's block tokens into a block node. */
import type { MarkedToken, Token, Tokens } from 'marked';
import { toChunks } from './code-chunks';
import type {
  BlockNode,
  CodeChunks,
  InlineNode,
  ListItemNode,
  ListNode,
  TableNode,
  TableRowNode,
} from './markdown-node';

/** Reads the inline content that the lexer queued for a block. */
export type ReadInlineOf = (tokens: readonly Token[]) => readonly InlineNode[];

/** Lists and quotes nested deeper than this are shown as their source: a page cannot show them anyway. */
const maxDepth = 16;

/** @returns undefined for tokens that show nothing: blank lines and link definitions */
export function readBlock(generic: Token, inlineOf: ReadInlineOf, depth = 0): BlockNode | undefined {
  // The lexer has no extensions, so only marked's own token types occur.
  const token = generic as MarkedToken;
  const { raw } = token;
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return undefined;
    case 'paragraph':
      return { type: 'paragraph', raw, children: inlineOf(token.tokens) };
    case 'text':
      return { type: 'line', raw, children: inlineOf(token.tokens ?? []) };
    case 'heading':
      return { type: 'heading', raw, depth: token.depth, children: inlineOf(token.tokens) };
    case 'code':
      return { type: 'code', raw, language: languageOf(token.lang), chunks: readCode(token.text) };
    case 'hr':
      return { type: 'rule', raw };
    case 'table':
      return readTable(token, inlineOf);
    case 'blockquote':
      if (depth >= maxDepth) return { type: 'html', raw };
      return { type: 'quote', raw, blocks: readBlocks(token.tokens, inlineOf, depth + 1) };
    case 'list':
      return depth >= maxDepth ? { type: 'html', raw } : readList(token, inlineOf, depth + 1);
    default:
      // Raw HTML is shown, never interpreted.
      return { type: 'html', raw };
  }
}

/** First word of an info string: what stands behind it is for other tools. */
export function languageOf(info = ''): string {
  return info.trim().split(/\s/, 1)[0] ?? '';
}

/** The line end of the last line is not a line of its own. */
function readCode(text: string): CodeChunks {
  return toChunks(text.replace(/\n$/, ''));
}

function readBlocks(tokens: readonly Token[], inlineOf: ReadInlineOf, depth: number): readonly BlockNode[] {
  return tokens.flatMap((token) => readBlock(token, inlineOf, depth) ?? []);
}

function readList(token: Tokens.List, inlineOf: ReadInlineOf, depth: number): ListNode {
  const items = token.items.map((item): ListItemNode => {
    const blocks = readBlocks(item.tokens, inlineOf, depth);
    const checked = item.task ? { checked: item.checked === true } : {};
    return { loose: item.loose, ...checked, blocks };
  });
  const start = token.start === '' ? 1 : token.start;
  return { type: 'list', raw: token.raw, ordered: token.ordered, start, items };
}

function readTable(token: Tokens.Table, inlineOf: ReadInlineOf): TableNode {
  const row = (cells: readonly Tokens.TableCell[]): TableRowNode => ({
    cells: cells.map((cell) => inlineOf(cell.tokens)),
  });
  return {
    type: 'table',
    raw: token.raw,
    align: token.align,
    header: row(token.header),
    rows: token.rows.map(row),
  };
}
