/** Turns marked's inline tokens into inline nodes: entities decoded, links judged, HTML left as text. */
import type { MarkedToken, Token, Tokens } from 'marked';
import { decodeEntities } from './decode-entities';
import type { InlineNode, LinkNode, MarkNode } from './markdown-node';
import { safeLink } from './safe-link';

/** Deeper nesting than any honest text has; below it the source is shown. */
const maxDepth = 24;

/** The only HTML elements that a model may use; both are harmless and have no markdown of their own. */
const pairedTag = /^<(sub|sup)>$/i;
const breakTag = /^<br\s*\/?>$/i;

export function readInline(tokens: readonly Token[]): readonly InlineNode[] {
  return readTokens(tokens, { isInLink: false, depth: 0 });
}

interface Place {
  /** Links do not nest. */
  readonly isInLink: boolean;
  readonly depth: number;
}

function readTokens(tokens: readonly Token[], place: Place): readonly InlineNode[] {
  const nodes: InlineNode[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const end = endOfPair(tokens, index);
    if (end === undefined) {
      addNode(nodes, readToken(token, place));
    } else {
      nodes.push(readPair(tokens.slice(index, end + 1), place));
      index = end;
    }
  }
  return nodes;
}

/** Neighbouring texts become one, so that a plain sentence is a single text node in the page. */
function addNode(nodes: InlineNode[], node: InlineNode | undefined): void {
  if (node === undefined) return;
  const last = nodes.at(-1);
  if (node.type === 'text' && last?.type === 'text') {
    nodes[nodes.length - 1] = { type: 'text', raw: last.raw + node.raw, text: last.text + node.text };
  } else nodes.push(node);
}

function readToken(generic: Token, place: Place): InlineNode | undefined {
  // The lexer has no extensions, so only marked's own token types occur.
  const token = generic as MarkedToken;
  const { raw } = token;
  switch (token.type) {
    case 'text':
      return { type: 'text', raw, text: decodeEntities(token.text) };
    case 'escape':
      return { type: 'text', raw, text: token.text };
    case 'codespan':
      return { type: 'code', raw, text: token.text };
    case 'br':
      return { type: 'break', raw };
    case 'strong':
    case 'em':
    case 'del':
      return readMark(token, place);
    case 'link':
      return readLink(token, place);
    case 'image':
      return readImage(token, place);
    case 'html':
      return breakTag.test(raw) ? { type: 'break', raw } : { type: 'text', raw, text: raw };
    case 'checkbox':
      // The list item tells whether it is done.
      return undefined;
    default:
      return { type: 'text', raw, text: raw };
  }
}

function readMark(token: Tokens.Strong | Tokens.Em | Tokens.Del, place: Place): InlineNode {
  if (place.depth >= maxDepth) return { type: 'text', raw: token.raw, text: token.raw };
  return { type: token.type, raw: token.raw, children: readTokens(token.tokens, deeper(place)) };
}

function readLink(token: Tokens.Link, place: Place): InlineNode {
  const { raw } = token;
  const link = safeLink(token.href, token.autolink);
  // A link that may not be clicked stays what the model wrote, so that nothing is hidden.
  if (link === undefined || place.isInLink || place.depth >= maxDepth)
    return { type: 'text', raw, text: raw };
  const children = token.autolink
    ? [{ type: 'text', raw: token.text, text: token.text } as const]
    : readTokens(token.tokens, { ...deeper(place), isInLink: true });
  return { type: 'link', raw, ...link, children } satisfies LinkNode;
}

function readImage(token: Tokens.Image, place: Place): InlineNode {
  const link = safeLink(token.href);
  const alt = decodeEntities(token.text).trim() || 'no description';
  const label = `image: ${alt} (${link?.destination ?? 'not shown'})`;
  const href = place.isInLink ? undefined : link?.href;
  return { type: 'image', raw: token.raw, label, ...(href === undefined ? {} : { href }) };
}

/** Index of the closing tag that belongs to the opening tag at `start`. */
function endOfPair(tokens: readonly Token[], start: number): number | undefined {
  const name = tagName(tokens[start]);
  if (name === undefined) return undefined;
  const closing = `</${name}>`;
  const end = tokens.findIndex((token, index) => index > start && token.raw.toLowerCase() === closing);
  return end < 0 ? undefined : end;
}

function readPair(tokens: readonly Token[], place: Place): InlineNode {
  const raw = tokens.map((token) => token.raw).join('');
  const type = tagName(tokens[0]);
  if (type === undefined || place.depth >= maxDepth) return { type: 'text', raw, text: raw };
  return { type, raw, children: readTokens(tokens.slice(1, -1), deeper(place)) } satisfies MarkNode;
}

function tagName(token: Token | undefined): 'sub' | 'sup' | undefined {
  const name = token?.type === 'html' ? pairedTag.exec(token.raw)?.[1]?.toLowerCase() : undefined;
  return name === 'sub' || name === 'sup' ? name : undefined;
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 };
}
