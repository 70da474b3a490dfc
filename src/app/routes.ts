/** The hash in the address bar as a screen, and back. */

export type Route =
  | { readonly screen: 'chat'; readonly conversationId?: string }
  | { readonly screen: 'models' }
  | { readonly screen: 'settings' };

/** Anything unknown opens the chat, so that an old link never shows an empty page. */
export function parseRoute(hash: string): Route {
  const [screen, id] = hash.replace(/^#\/?/, '').split('?')[0]?.split('/') ?? [];
  if (screen === 'settings' || screen === 'models') return { screen };
  return screen === 'chat' && id ? { screen: 'chat', conversationId: id } : { screen: 'chat' };
}

export function chatPath(conversationId?: string): string {
  return conversationId === undefined ? '#/chat' : `#/chat/${conversationId}`;
}
