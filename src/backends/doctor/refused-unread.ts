/** Something answers, and the browser keeps the answer from the page. */
import type { UpstreamStatus } from '../../../relay/contract';
import type { ServerConnection } from '../../core/connection';
import { hostOf, type Case } from './case';
import { spaceOf } from './local-network';
import { known, mostLikely, oneOf, type Suspect, type Verdict } from './verdict';

export function refusedUnread(
  { patient, tools }: Case,
  connection: ServerConnection,
  witness: UpstreamStatus | undefined,
): Verdict {
  const { kind, label } = connection;
  const refused: Suspect = {
    cause: 'cors-refused',
    why: `Something answers at ${hostOf(connection)}, but does not allow pages from ${tools.page.origin} to read it.`,
  };
  const other: Suspect = {
    cause: 'not-a-model-server',
    why: `What answers at ${hostOf(connection)} may be another program: a page cannot see it.`,
  };
  // InstructLab allows every page; only its refusal of a second connection does not (PROTOCOLS C).
  if (kind === 'instructlab') {
    return mostLikely({
      cause: 'busy',
      why: `${label} allows every page, except when it has its one connection already.`,
    });
  }
  if (witness?.state === 'ready') {
    return known({
      ...refused,
      why: `The relay reads ${label}'s answers; this page from ${tools.page.origin} may not.`,
    });
  }
  // The relay asked the same kind the same question, and could read the answer.
  const isSame = witness?.kind === kind && witness.url === connection.baseUrl;
  if (isSame && witness.state === 'misconfigured' && witness.error) {
    return mostLikely({ ...other, why: `The relay may read it. ${witness.error.message}` });
  }
  if (!patient.isKindKnown) return oneOf(refused, other);
  // Ollama lets these pages in whatever its settings, so it is hardly Ollama that answers.
  const isAlwaysAllowed = kind === 'ollama' && spaceOf(new URL(tools.page.origin).hostname) === 'loopback';
  if (isAlwaysAllowed && !/\.localhost$|\[::1\]$/.test(new URL(tools.page.origin).hostname))
    return mostLikely(other);
  return mostLikely(refused);
}
