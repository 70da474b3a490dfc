/** The contract suite against the real servers that the environment names; the others count as skipped. */
import { describeLiveServer } from './live-server';
import { llamaCppPython, namedServers } from './named-servers';
import { chat } from './topics/chat';
import { continuing } from './topics/continuing';
import { embeddings } from './topics/embeddings';
import { keys } from './topics/keys';
import { limits } from './topics/limits';
import { models } from './topics/models';
import { ollamaOnly } from './topics/ollama-only';
import { probabilities } from './topics/probabilities';
import { sampling } from './topics/sampling';
import { stopping } from './topics/stopping';
import { structure } from './topics/structure';

const topics = [
  models,
  chat,
  continuing,
  sampling,
  limits,
  structure,
  probabilities,
  stopping,
  keys,
  embeddings,
  ollamaOnly,
];

for (const server of namedServers) describeLiveServer(server, topics);
describeLiveServer(llamaCppPython, [chat, stopping, keys, embeddings]);
