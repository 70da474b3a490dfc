/**
 * The page got nothing that it may read. Server down, CORS, a hidden 401, certificate, mixed content and
 * Local Network Access all look the same to it, so each is asked about in another way (PROTOCOLS G).
 */
import type { ServerConnection } from '../../core/connection';
import { serverPresets } from '../presets';
import type { Case } from './case';
import { refusedUnread } from './refused-unread';
import { type ServerPaths, textField } from './server-paths';
import { secureInstead, whyUnreachable } from './unreachable-server';
import { known, mostLikely, oneOf, type Verdict } from './verdict';
import { askWitness } from './relay-witness';
import { waitsForPermission } from './network-permission';

export async function whyNothing(
  one: Case,
  connection: ServerConnection,
  paths: ServerPaths,
  how: 'nothing' | 'silence',
): Promise<Verdict> {
  const { questions, checklist, patient } = one;
  if (how === 'silence') {
    const why = `It has not answered within ${one.tools.patienceMs / 1000} seconds.`;
    return (await waitsForPermission(one, connection, why)) ?? mostLikely({ cause: 'too-slow', why });
  }
  checklist.ask('Is anything there at all?');
  const isThere = await questions.reach(paths.models);
  checklist.note(
    isThere === undefined ? 'unclear' : isThere ? 'good' : 'bad',
    isThere === undefined
      ? 'This browser does not let a page find out.'
      : isThere
        ? 'Yes, something answers.'
        : 'Nothing that this browser reaches.',
  );
  const hidden = isThere === false ? undefined : await hiddenRefusal(one, connection, paths);
  if (hidden) return hidden;
  const witness = await askWitness(one, connection);
  if (isThere === false) return whyUnreachable(one, connection, paths, witness);
  if (isThere) {
    const secure = await secureInstead(one, connection, paths, witness);
    return secure ?? refusedUnread(one, connection, witness);
  }
  const isUp = witness?.state === 'ready';
  if (isUp)
    return mostLikely({
      cause: 'cors-refused',
      why: `The relay reaches ${connection.label}; this page does not.`,
    });
  const why = 'The browser tells a page only that it failed.';
  const suspects = [
    { cause: 'server-down', why },
    { cause: 'cors-refused', why },
  ] as const;
  return patient.isKindKnown && serverPresets[connection.kind].label === 'vLLM'
    ? oneOf(...suspects, { cause: connection.apiKey ? 'key-wrong' : 'key-missing', why })
    : oneOf(...suspects);
}

/** A 401 without CORS headers (PROTOCOLS B): other paths can be read, and this one cannot. */
async function hiddenRefusal(
  { questions, checklist }: Case,
  { kind, apiKey }: ServerConnection,
  paths: ServerPaths,
): Promise<Verdict | undefined> {
  if (kind === 'ollama') return undefined;
  const open = `${paths.root}/version`;
  checklist.ask('Does it answer where no key is needed?');
  const reply = await questions.get(open);
  const canRead = reply.state === 'reply';
  checklist.note(
    canRead ? 'good' : 'bad',
    canRead ? 'Yes, this page may read that.' : 'Not to this page either.',
  );
  if (!canRead) return undefined;
  if (kind !== 'vllm' && kind !== 'openai') {
    if (textField(reply.json, 'version') === undefined) return undefined;
    const why = `It lets this page read ${open}, which only vLLM has, and hides ${paths.models}.`;
    return known({ cause: 'wrong-kind', foundKind: 'vllm', why });
  }
  return mostLikely({
    cause: apiKey ? 'key-wrong' : 'key-missing',
    why: `It lets this page read ${open}, and hides ${paths.models}: vLLM refuses a key in this way.`,
  });
}
