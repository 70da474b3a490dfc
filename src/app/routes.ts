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
  | { readonly screen: 'models' }
  | { readonly screen: 'settings' };

/** Anything unknown opens the chat, so that an old link never shows an empty page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [screen, id] = path.split('/');
  if (screen === 'settings' || screen === 'models') return { screen };
  if (screen === 'compare') {
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
