/** Markdown stays as it is written; its structure is laid over it. */
import { Lexer, type MarkedToken, type Token } from 'marked';
import type { Block, BlockKind, DocumentText } from '../../core/document';
import { decodeText } from './decode-text';
import type { ReadRequest } from './read-request';
import { paragraphsOf } from './read-plain-text';

/** Settings of a site generator between two lines of dashes. */
const frontMatter = /^---[ \t]*\n[^]*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const comment = /^\s*<!--/;
const itemStart = /^[^\S\n]*(?:[-*+]|\d{1,9}[.)])(?=\s|$)/gm;

export function readMarkdown({ name, bytes }: ReadRequest): DocumentText {
  const { text, notices } = decodeText(name, bytes);
  const blocks: Block[] = [];
  const front = frontMatter.exec(text)?.[0] ?? '';
  if (front !== '') push(blocks, 'code', text, 0, front.length);
  try {
    place(text, front.length, text.length, tokensOf(text.slice(front.length)), blocks);
  } catch {
    // Thousands of nested markers exhaust the lexer's stack.
    const paragraphs = paragraphsOf(text);
    return {
      text,
      blocks: paragraphs,
      notices: [...notices, 'Its structure is too deep to be read: it counts as plain text.'],
    };
  }
  return { text, blocks, notices };
}

function tokensOf(source: string): readonly Token[] {
  const lexer = new Lexer({ gfm: true });
  lexer.blockTokens(source, lexer.tokens);
  return lexer.tokens;
}

/** The pieces of a source stand in it one after the other. */
function place(text: string, from: number, until: number, tokens: readonly Token[], blocks: Block[]): void {
  let at = from;
  for (const token of tokens) {
    // The lexer rewrites a token now and then; the rest is then plain text rather than lost.
    if (!text.startsWith(token.raw, at)) return placeParagraphs(text, at, until, blocks);
    const end = at + token.raw.length;
    // The lexer has no extensions, so only marked's own token types occur.
    placeOne(text, at, end, token as MarkedToken, blocks);
    at = end;
  }
  placeParagraphs(text, at, until, blocks);
}

function placeParagraphs(text: string, from: number, until: number, blocks: Block[]): void {
  for (const { start, end } of paragraphsOf(text.slice(from, until)))
    blocks.push({ kind: 'paragraph', start: from + start, end: from + end });
}

function placeOne(text: string, start: number, end: number, token: MarkedToken, blocks: Block[]): void {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'hr':
      return;
    case 'heading': {
      // Without the signs that make it one: it also stands in the path of what is below.
      const at = start + Math.max(0, token.raw.indexOf(token.text));
      return push(blocks, 'heading', text, at, Math.min(end, at + token.text.length), token.depth);
    }
    case 'code':
      return push(blocks, 'code', text, start, end);
    case 'table':
      return placeRows(text, start, end, blocks);
    case 'list':
      return placeItems(text, start, end, blocks);
    case 'html':
      if (comment.test(token.raw)) return;
      return push(blocks, 'paragraph', text, start, end);
    default:
      return push(blocks, 'paragraph', text, start, end);
  }
}

/** Items of inner lists are items too. */
function placeItems(text: string, start: number, end: number, blocks: Block[]): void {
  const starts = Array.from(text.slice(start, end).matchAll(itemStart), ({ index }) => start + index);
  for (const [index, at] of starts.entries()) push(blocks, 'list-item', text, at, starts[index + 1] ?? end);
}

function placeRows(text: string, start: number, end: number, blocks: Block[]): void {
  let at = start;
  for (const line of text.slice(start, end).split('\n')) {
    // The line of dashes below the names is no row.
    if (/[^\s|:-]/.test(line)) push(blocks, 'table-row', text, at, at + line.length);
    at += line.length + 1;
  }
}

function push(
  blocks: Block[],
  kind: BlockKind,
  text: string,
  start: number,
  end: number,
  level?: number,
): void {
  const whole = text.slice(start, end);
  const trimmed = whole.trim();
  if (trimmed === '') return;
  const from = start + whole.indexOf(trimmed);
  const block = { kind, start: from, end: from + trimmed.length };
  blocks.push(level === undefined ? block : { ...block, level });
}
