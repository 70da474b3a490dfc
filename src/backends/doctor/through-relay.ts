/** The questions about a server that the relay calls: the relay sees it better than any page. */
import type { UpstreamStatus } from '../../../relay/contract';
import type { PlainBackendError } from '../../core/backend-error';
import type { Cause } from '../../core/diagnosis';
import { detectServerKind } from '../detect-server-kind';
import { otherScheme, type Case } from './case';
import { hasModel } from './server-paths';
import { known, mostLikely, oneOf, type Verdict } from './verdict';

export async function examineThroughRelay(one: Case): Promise<Verdict> {
  const { checklist, tools, signal, patient } = one;
  checklist.ask('Does the relay answer?');
  const view = await tools.askRelay(signal);
  if (view.state === 'silent') {
    checklist.note('bad', view.said);
    return known({ cause: 'relay-not-reachable', why: view.said });
  }
  if (view.state === 'wants-token') {
    checklist.note('bad', 'It asks for its access token.');
    return known({ cause: 'relay-wants-token', why: 'It answered 401 to this page.' });
  }
  checklist.note('good', 'Yes.');
  checklist.ask('Does the server answer the relay?');
  const status = view.status.upstreams.find(({ id }) => id === patient.connection.id);
  if (!status) {
    checklist.note('bad', 'The relay no longer has a server of this name.');
    return known({ cause: 'wrong-path', why: 'The relay was started with other servers: reload this page.' });
  }
  if (status.state === 'ready') return examineModels(one, status);
  checklist.note('bad', status.error?.message ?? 'No.');
  return whyNotReady(one, status);
}

function examineModels({ checklist, patient }: Case, status: UpstreamStatus): Verdict {
  const { label, models, version, latencyMs, kind } = status;
  checklist.note('good', latencyMs === undefined ? 'Yes.' : `Yes, after ${latencyMs} ms.`);
  checklist.ask('Does it have the model?');
  const ids = models.map(({ id }) => id);
  // While InstructLab answers someone, it is not asked.
  if (ids.length === 0 && kind === 'instructlab') {
    checklist.note('unclear', 'It is answering now, so it was not asked.');
    return mostLikely({ cause: 'busy', why: `${label} is answering another request.` });
  }
  if (ids.length === 0) {
    checklist.note('bad', 'It has none.');
    return known({ cause: 'no-models', why: `${label} answers, and its list of models is empty.` });
  }
  const count = ids.length === 1 ? '1 model' : `${ids.length} models`;
  if (patient.modelId !== undefined && !hasModel(kind, ids, patient.modelId)) {
    checklist.note('bad', `Its list has ${count}, and not this one.`);
    const why = `${label} answers, and its list of models does not have “${patient.modelId}”.`;
    return known({ cause: 'model-missing', why });
  }
  checklist.note('good', patient.modelId === undefined ? `It has ${count}.` : 'Yes.');
  const time = latencyMs === undefined ? undefined : `${latencyMs} ms`;
  const facts = [version && `version ${version}`, time, count].filter(Boolean).join(', ');
  return known({ cause: 'works', why: `It answers the relay: ${facts}.` });
}

async function whyNotReady(one: Case, { kind, url, hasKey, error }: UpstreamStatus): Promise<Verdict> {
  const why = error?.message ?? 'The relay gives no reason.';
  const httpStatus = error?.detail.status;
  if (httpStatus === 401) {
    return known({ cause: hasKey ? 'key-wrong' : 'key-missing', why });
  }
  if (httpStatus === 403) {
    return kind === 'ollama'
      ? mostLikely({
          cause: 'host-refused',
          why: `Ollama answered 403. It knows no keys, but it compares the name by which it is called.`,
        })
      : mostLikely({ cause: hasKey ? 'key-wrong' : 'key-missing', why });
  }
  const cause = causeOf(error);
  if (cause === 'wrong-scheme') return known({ cause, why, betterUrl: otherScheme(url) });
  if (cause) return known({ cause, why });
  return whatAnswers(one, kind, url, why);
}

/** The relay's own codes and the system's (`said`) tell most causes; the rest is an answer of another shape. */
function causeOf(error: PlainBackendError | undefined): Cause | undefined {
  const { status, said = '' } = error?.detail ?? {};
  if (error?.code === 'timeout') return 'too-slow';
  if (status === 429) return 'busy';
  if (status === 503) return /loading/i.test(said) ? 'loading' : 'busy';
  if (status !== undefined && status >= 500) return 'server-failing';
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(said)) return 'name-not-found';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(said)) return 'certificate-refused';
  // The latter are words of Go's and nginx's servers.
  if (said.startsWith('HPE_')) return 'not-a-model-server';
  if (/SSL|TLS|EPROTO|to an HTTPS server|to HTTPS port/.test(said)) return 'wrong-scheme';
  return error?.code === 'unreachable' ? 'server-down' : undefined;
}

/** The relay forwards only the paths of the configured kind, so the page looks for another kind itself. */
async function whatAnswers(
  { questions, checklist, signal }: Case,
  kind: UpstreamStatus['kind'],
  url: string,
  why: string,
): Promise<Verdict> {
  checklist.ask('Which kind of server answers there?');
  const found = await detectServerKind(url, questions.fetch, signal).catch(() => undefined);
  signal.throwIfAborted();
  const isOther = found !== undefined && found !== kind;
  checklist.note(
    isOther ? 'good' : 'unclear',
    isOther ? `It is of the kind ${found}.` : 'This page cannot tell.',
  );
  if (isOther) return known({ cause: 'wrong-kind', why, foundKind: found });
  return oneOf({ cause: 'wrong-path', why }, { cause: 'not-a-model-server', why });
}
