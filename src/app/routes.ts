/** The hash in the address bar as a screen, and back. */
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
  return screen === 'chat' && id ? { screen: 'chat', conversationId: id } : { screen: 'chat' };
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
export function sectionOf({ screen }: Route): 'chat' | 'compare' | 'models' | 'settings' {
  return screen === 'ratings' || screen === 'batches' ? 'compare' : screen;
}
