/** An answer that this page may read, but no list of models. */
import type { ServerConnection } from '../../core/connection';
import type { Case } from './case';
import { whatElse } from './identify';
import type { Reply } from './server-questions';
import type { ServerPaths } from './server-paths';
import { known, mostLikely, type Verdict } from './verdict';

export async function answerThatFails(
  one: Case,
  connection: ServerConnection,
  { models }: ServerPaths,
  reply: Extract<Reply, { state: 'reply' }>,
): Promise<Verdict> {
  const { status, said } = reply;
  const words = said === '' ? '' : `, and said: ${said}`;
  const why = `It answered ${models} with status ${status}${words}.`;
  if (status === 401) return known({ cause: 'key-missing', why });
  // Ollama knows no keys, and a page that it refuses could not read this: only the host name is left.
  if (status === 403 && connection.kind === 'ollama') return known({ cause: 'host-refused', why });
  if (status === 403) return mostLikely({ cause: 'key-missing', why });
  if (status === 429) return known({ cause: 'busy', why });
  if (status === 503) return known({ cause: /loading/i.test(said) ? 'loading' : 'busy', why });
  if (status >= 500) return known({ cause: 'server-failing', why });
  return whatElse(one, connection, why, reply.isHtml);
}
