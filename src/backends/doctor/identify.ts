/** Finds out what answers at an address, where nobody said it or where it is not what was said. */
import { BackendError } from '../../core/backend-error';
import type { ServerConnection, ServerKind } from '../../core/connection';
import { detectServerKind } from '../detect-server-kind';
import type { Case } from './case';
import { whyNothing } from './no-answer';
import { serverPaths } from './server-paths';
import { known, mostLikely, oneOf, type Verdict } from './verdict';
import { serverPresets } from '../presets';

type Found = ServerKind | 'none' | 'nothing' | 'wants-key';

/** For an address without a kind. */
export async function identify(
  one: Case,
  examine: (one: Case, connection: ServerConnection) => Promise<Verdict>,
): Promise<Verdict> {
  const { connection } = one.patient;
  const found = await kindAt(one, connection, 'Which kind of server is it?');
  switch (found) {
    case 'nothing':
      return whyNothing(one, connection, serverPaths(connection), 'nothing');
    case 'wants-key':
      return known({ cause: 'key-missing', why: 'It refuses to tell its models without a key.' });
    case 'none':
      return (
        (await atItsRoot(one, connection)) ??
        mostLikely({
          cause: 'not-a-model-server',
          why: 'Something answers, and none of the known questions fits it.',
        })
      );
    default:
      return examine(one, { ...connection, kind: found });
  }
}

/** For a server that answered its first question wrongly. */
export async function whatElse(
  one: Case,
  connection: ServerConnection,
  seen: string,
  isHtml: boolean,
): Promise<Verdict> {
  const found = await kindAt(one, connection, 'Is it another kind of server?');
  if (found in serverPresets && found !== connection.kind) {
    return known({ cause: 'wrong-kind', why: seen, foundKind: found as ServerKind });
  }
  const elsewhere = await atItsRoot(one, connection);
  if (elsewhere) return elsewhere;
  if (isHtml) return mostLikely({ cause: 'not-a-model-server', why: seen });
  return oneOf({ cause: 'not-a-model-server', why: seen }, { cause: 'wrong-path', why: seen });
}

/**
 * Servers of several kinds list their models alike, so a list alone does not show that the kind is right.
 * @param version what only the right kind tells
 */
export async function otherKind(
  one: Case,
  connection: ServerConnection,
  version: string | undefined,
): Promise<Verdict | undefined> {
  const { kind } = connection;
  if (kind === 'ollama' || version !== undefined) return undefined;
  const found = await kindAt(one, connection, 'Which kind of server is it?');
  const isTelling =
    kind === 'openai' ? found === 'instructlab' : found in serverPresets && found !== 'openai';
  if (!isTelling || found === kind) return undefined;
  const foundKind = found as ServerKind;
  const why = `It lists its models, and answers a question that only ${serverPresets[foundKind].label} knows.`;
  return known({ cause: 'wrong-kind', why, foundKind });
}

/** Somebody may have typed a path too many. */
async function atItsRoot(one: Case, connection: ServerConnection): Promise<Verdict | undefined> {
  const { pathname, origin } = new URL(connection.baseUrl);
  if (/^\/(v1\/?)?$/.test(pathname)) return undefined;
  const found = await kindAt(
    one,
    { ...connection, baseUrl: origin },
    'Does a server answer without the path?',
  );
  if (!(found in serverPresets)) return undefined;
  const label = serverPresets[found as ServerKind].label;
  return known({
    cause: 'wrong-path',
    why: `${label} answers at ${origin}, and not at ${connection.baseUrl}.`,
    betterUrl: origin,
  });
}

/** A key goes along where the server has taken it already. */
async function kindAt(
  { questions, checklist, signal }: Case,
  { baseUrl, apiKey }: ServerConnection,
  question: string,
): Promise<Found> {
  checklist.ask(question);
  try {
    const kind = await detectServerKind(baseUrl, questions.fetch, signal, apiKey);
    checklist.note(
      kind ? 'good' : 'bad',
      kind ? `It is ${serverPresets[kind].label}.` : 'It is none that we know.',
    );
    return kind ?? 'none';
  } catch (thrown) {
    signal.throwIfAborted();
    const { code } = BackendError.from(thrown);
    if (code === 'server-failed') {
      checklist.note('bad', 'It is too busy to tell.');
      return 'none';
    }
    const wantsKey = code === 'unauthorized';
    checklist.note('bad', wantsKey ? 'It wants a key.' : 'No answer that this page may read.');
    return wantsKey ? 'wants-key' : 'nothing';
  }
}
