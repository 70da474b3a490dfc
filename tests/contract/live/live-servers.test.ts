/** The contract suite against the real servers that the environment names; the others count as skipped. */
import { describeLiveServer } from './live-server';
import { llamaCppPython, llamaCppRouter, namedServers, thinkingServers } from './named-servers';
import { brokenRunner } from './topics/broken-runner';
import { chat } from './topics/chat';
import { continuing } from './topics/continuing';
import { embeddings } from './topics/embeddings';
import { keys } from './topics/keys';
import { limits } from './topics/limits';
import { models } from './topics/models';
import { ollamaOnly } from './topics/ollama-only';
import { probabilities } from './topics/probabilities';
import { router } from './topics/router';
import { sampling } from './topics/sampling';
import { stopping } from './topics/stopping';
import { structure } from './topics/structure';
import { textCalls } from './topics/text-calls';
import { thinking } from './topics/thinking';
import { tools } from './topics/tools';

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
  brokenRunner,
  textCalls,
];

for (const server of namedServers) describeLiveServer(server, topics);
for (const server of thinkingServers) describeLiveServer(server, [thinking, tools]);
describeLiveServer(llamaCppRouter, [router]);
describeLiveServer(llamaCppPython, [chat, stopping, keys, embeddings]);
