/** The hash in the address bar as a screen, and back. */
import type { PassageRange } from '../ui/documents/document-path';
import { type LaneSet, parseLanes } from './parse-lanes';

export type Route =
  | { readonly screen: 'chat'; readonly conversationId?: string }
  | {
      readonly screen: 'compare';
      readonly comparisonId?: string;
      /** A set to open, with what is to be written into its composer. */
      readonly set?: LaneSet;
    }
  | { readonly screen: 'ratings' }
  | { readonly screen: 'batches'; readonly batchId?: string }
  | {
      readonly screen: 'documents';
      readonly collectionId?: string;
      /** Opened beside the list. */
      readonly documentId?: string;
      /** Marked in the document. */
      readonly range?: PassageRange;
    }
  | { readonly screen: 'models' }
  | { readonly screen: 'settings' };

/** Anything unknown opens the chat, so that an old link never shows an empty page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [screen, id, below] = path.split('/');
  if (screen === 'settings' || screen === 'models') return { screen };
  if (screen === 'compare') {
    if (id === 'ratings') return { screen: id };
    if (id === 'batches') return below ? { screen: id, batchId: below } : { screen: id };
    if (id) return { screen, comparisonId: id };
    const set = parseLanes(query);
    return set ? { screen, set } : { screen };
  }
  if (screen === 'documents') {
    if (!id) return { screen };
    const range = below ? parseRange(query) : undefined;
    return { screen, collectionId: id, ...(below && { documentId: below }), ...(range && { range }) };
  }
  return screen === 'chat' && id ? { screen: 'chat', conversationId: id } : { screen: 'chat' };
}

function parseRange(query: string): PassageRange | undefined {
  const values = new URLSearchParams(query);
  const [start, end] = ['from', 'until'].map((name) => Number.parseInt(values.get(name) ?? '', 10));
  return start !== undefined && end !== undefined && start >= 0 && end > start ? { start, end } : undefined;
}

export function chatPath(conversationId?: string): string {
  return conversationId === undefined ? '#/chat' : `#/chat/${conversationId}`;
}

export function comparePath(comparisonId?: string): string {
  return comparisonId === undefined ? '#/compare' : `#/compare/${comparisonId}`;
}

export function batchPath(batchId?: string): string {
  return batchId === undefined ? '#/compare/batches' : `#/compare/batches/${batchId}`;
}

/** The link of the navigation that a screen belongs to. */
export function sectionOf({ screen }: Route): 'chat' | 'compare' | 'documents' | 'models' | 'settings' {
  return screen === 'ratings' || screen === 'batches' ? 'compare' : screen;
}
