/** The Playwright test with a relay of its own in front of servers that run already. */
import { startRelay, type StartedRelay } from '../support/start-relay';
import { noServers, test as base } from './app';
import { ChatPage } from './chat-page';

/** @param servers addresses by variable of the relay; one that is not set is left out */
export function testWithRelay(servers: Readonly<Record<string, string | undefined>>) {
  const set = Object.fromEntries(Object.entries(servers).filter(([, url]) => url !== undefined));
  return base.extend<{ chat: ChatPage }, { relay: StartedRelay }>({
    relay: [
      async ({ browserName: _ }, use) => {
        const relay = await startRelay({ ...noServers, ...(set as Record<string, string>) });
        await use(relay);
        await relay.stop();
      },
      { scope: 'worker' },
    ],
    baseURL: async ({ relay }, use) => use(relay.url),
    chat: async ({ page }, use) => {
      const chat = new ChatPage(page);
      await chat.open();
      await use(chat);
    },
  });
}
