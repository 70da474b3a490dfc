/** The servers once more, at addresses of a relay: what passes through it must be what the server said. */
import { describeLiveServer } from './live-server';
import { namedServers } from './named-servers';
import { chat } from './topics/chat';
import { limits } from './topics/limits';
import { models } from './topics/models';
import { ollamaOnly } from './topics/ollama-only';
import { stopping } from './topics/stopping';
import { structure } from './topics/structure';

for (const server of namedServers) {
  describeLiveServer({ ...server, via: 'relay' }, [models, chat, limits, structure, stopping, ollamaOnly]);
}
