/** The servers once more, at addresses of a relay: what passes through it must be what the server said. */
import { describeLiveServer } from './live-server';
import { llamaCppRouter, namedServers, thinkingServers } from './named-servers';
import { chat } from './topics/chat';
import { limits } from './topics/limits';
import { models } from './topics/models';
import { ollamaOnly } from './topics/ollama-only';
import { router } from './topics/router';
import { stopping } from './topics/stopping';
import { structure } from './topics/structure';
import { textCalls } from './topics/text-calls';
import { thinking } from './topics/thinking';
import { tools } from './topics/tools';

for (const server of namedServers) {
  const topics = [models, chat, limits, structure, stopping, ollamaOnly, textCalls];
  describeLiveServer({ ...server, via: 'relay' }, topics);
}
for (const server of thinkingServers) describeLiveServer({ ...server, via: 'relay' }, [thinking, tools]);
describeLiveServer({ ...llamaCppRouter, via: 'relay' }, [router]);
