/** The questions about a server that the browser itself calls. */
import type { ServerConnection } from '../../core/connection';
import type { Case } from './case';
import { identify, otherKind } from './identify';
import { spaceOf } from './local-network';
import { answerThatFails } from './failed-answer';
import type { Reply } from './server-questions';
import { hasModel, modelIds, type ServerPaths, serverPaths, textField } from './server-paths';
import { whyNothing } from './no-answer';
import { known, mostLikely, type Verdict } from './verdict';

export async function examineDirect(one: Case): Promise<Verdict> {
  const { connection } = one.patient;
  if (!isHttp(connection.baseUrl)) {
    return known({ cause: 'bad-address', why: `It says “${connection.baseUrl}”.` });
  }
  const mixed = surelyMixed(one);
  if (mixed) return mixed;
  return one.patient.isKindKnown ? examineServer(one, connection) : identify(one, examineServer);
}

/** No exception of any browser covers a public name, so nothing needs to be asked. */
function surelyMixed({ patient, tools, checklist }: Case): Verdict | undefined {
  const target = new URL(patient.connection.baseUrl);
  const isMixed = tools.page.origin.startsWith('https:') && target.protocol === 'http:';
  if (!isMixed || spaceOf(target.hostname) !== 'public') return undefined;
  checklist.ask('May a page from https call this address?');
  checklist.note('bad', 'No: the address begins with http.');
  return known({
    cause: 'mixed-content',
    why: `This page comes from ${tools.page.origin}, and browsers let it call https addresses only.`,
  });
}

/** A server whose kind is known, or was just found out. */
async function examineServer(one: Case, connection: ServerConnection): Promise<Verdict> {
  const { questions, checklist } = one;
  const paths = serverPaths(connection);
  checklist.ask('Does it answer this page?');
  const open = await questions.get(paths.models);
  if (open.state === 'reply') checklist.note('good', `Yes, after ${open.ms} ms, with status ${open.status}.`);
  else checklist.note('bad', open.state === 'silence' ? 'It takes too long.' : unreadable);
  const { reply, verdict } = await tryKey(one, connection, paths, open);
  if (verdict) return verdict;
  if (reply.state !== 'reply') return whyNothing(one, connection, paths, reply.state);
  const ids = reply.status === 200 ? modelIds(connection.kind, reply.json) : undefined;
  if (!ids) return answerThatFails(one, connection, paths, reply);
  return (
    (await mayChat(one, connection, paths)) ?? (await examineModels(one, connection, paths, ids, reply.ms))
  );
}

const unreadable = 'No answer that this page may read.';

async function tryKey(
  { questions, checklist }: Case,
  { apiKey, label }: ServerConnection,
  { models }: ServerPaths,
  open: Reply,
): Promise<{ readonly reply: Reply; readonly verdict?: Verdict }> {
  if (!apiKey || open.state === 'silence') return { reply: open };
  checklist.ask('Does it accept the key?');
  const reply = await questions.get(models, { authorization: `Bearer ${apiKey}` });
  if (reply.state !== 'reply') {
    checklist.note('bad', unreadable);
    if (open.state !== 'reply') return { reply: open };
    const why = `${label} answers without a key. With one, the browser asks it first whether it may send it, and gets no permission.`;
    return { reply: open, verdict: known({ cause: 'preflight-refused', why }) };
  }
  if (reply.status === 401 || reply.status === 403) {
    checklist.note('bad', `No: status ${reply.status}.`);
    const why = `It answered ${reply.status}${reply.said ? `: ${reply.said}` : ''}.`;
    return { reply, verdict: known({ cause: 'key-wrong', why }) };
  }
  const isNeeded = open.state !== 'reply' || open.status === 401;
  checklist.note('good', isNeeded ? 'Yes.' : 'Yes, and it would answer without one too.');
  return { reply };
}

/** A message makes the browser ask for permission first, which the plain questions so far did not. */
async function mayChat(
  { questions, checklist }: Case,
  { apiKey, kind, label }: ServerConnection,
  { models }: ServerPaths,
): Promise<Verdict | undefined> {
  // It allows every page, and one connection more could meet its limit.
  if (kind === 'instructlab') return undefined;
  checklist.ask('May this page send messages to it?');
  const key: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const reply = await questions.get(models, { 'content-type': 'application/json', ...key });
  if (reply.state === 'reply') {
    checklist.note('good', 'Yes.');
    return undefined;
  }
  checklist.note('bad', 'The browser gets no permission to.');
  return known({
    cause: 'preflight-refused',
    why: `${label} answers plain questions. Before a message the browser asks it for permission (a preflight), and that is refused.`,
  });
}

async function examineModels(
  one: Case,
  connection: ServerConnection,
  paths: ServerPaths,
  ids: readonly string[],
  ms: number,
): Promise<Verdict> {
  const { checklist, patient } = one;
  const { kind, label } = connection;
  const version = await versionOf(one, paths);
  const other = await otherKind(one, connection, version);
  if (other) return other;
  checklist.ask('Does it have the model?');
  if (ids.length === 0) {
    checklist.note('bad', 'It has none.');
    return known({ cause: 'no-models', why: `${label} answers, and its list of models is empty.` });
  }
  const count = ids.length === 1 ? '1 model' : `${ids.length} models`;
  if (patient.modelId !== undefined && !hasModel(kind, ids, patient.modelId)) {
    checklist.note('bad', `Its list has ${count}, and not this one.`);
    return known({
      cause: 'model-missing',
      why: `${label} answers, and its list of models does not have “${patient.modelId}”.`,
    });
  }
  checklist.note('good', patient.modelId === undefined ? `It has ${count}.` : 'Yes.');
  const facts = [version && `version ${version}`, `${ms} ms`, count].filter(Boolean).join(', ');
  const verdict = patient.isKindKnown || kind !== 'openai' ? known : mostLikely;
  return verdict({ cause: 'works', why: `It answers: ${facts}.` });
}

async function versionOf({ questions }: Case, { version }: ServerPaths): Promise<string | undefined> {
  if (!version) return undefined;
  const reply = await questions.get(version.url);
  return reply.state === 'reply' ? textField(reply.json, version.field) : undefined;
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
