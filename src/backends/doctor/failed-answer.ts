/** An answer that this page may read, but no list of models. */
import type { ServerConnection } from '../../core/connection';
import type { Case } from './case';
import { whatElse } from './identify';
import type { Reply } from './server-questions';
import { type ServerPaths, textField } from './server-paths';
import { known, mostLikely, type Verdict } from './verdict';

export async function answerThatFails(
  one: Case,
  connection: ServerConnection,
  paths: ServerPaths,
  reply: Extract<Reply, { state: 'reply' }>,
): Promise<Verdict> {
  const { status, said } = reply;
  const words = said === '' ? '' : `, and said: ${said}`;
  const why = `It answered ${paths.models} with status ${status}${words}.`;
  if (status === 401) {
    return connection.kind === 'ollama'
      ? keyOfNoOllama(one, paths, why)
      : known({ cause: 'key-missing', why });
  }
  // Ollama knows no keys, and a page that it refuses could not read this: only the host name is left.
  if (status === 403 && connection.kind === 'ollama') return known({ cause: 'host-refused', why });
  if (status === 403) return mostLikely({ cause: 'key-missing', why });
  if (status === 429) return known({ cause: 'busy', why });
  if (status === 503) return known({ cause: /loading/i.test(said) ? 'loading' : 'busy', why });
  if (status >= 500) return known({ cause: 'server-failing', why });
  return whatElse(one, connection, why, reply.isHtml);
}

/** Ollama knows no keys: a proxy before it may, and llama.cpp with a key tells its health to everyone. */
async function keyOfNoOllama(
  { questions, checklist }: Case,
  { root }: ServerPaths,
  seen: string,
): Promise<Verdict> {
  const health = `${root}/health`;
  checklist.ask('Is it llama.cpp, which has such keys?');
  const reply = await questions.get(health);
  const isLlamaCpp = reply.state === 'reply' && textField(reply.json, 'status') === 'ok';
  checklist.note(isLlamaCpp ? 'good' : 'unclear', isLlamaCpp ? 'It speaks like it.' : 'Nothing says so.');
  if (!isLlamaCpp) {
    const why = `${seen} Ollama itself knows no keys, so a proxy before it may ask for one.`;
    return mostLikely({ cause: 'key-missing', why });
  }
  const why = `${seen} Ollama knows no keys, and ${health} answers as llama.cpp does.`;
  return mostLikely({ cause: 'wrong-kind', foundKind: 'llamacpp', why });
}
