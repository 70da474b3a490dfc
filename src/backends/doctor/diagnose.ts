/** The connection doctor: finds out why a server does not answer, and says no more than can be known. */
import type { Diagnosis, DoctorStep } from '../../core/diagnosis';
import { apiBase } from '../shared/api-base';
import { createTurns } from '../shared/turns';
import { isAnotherForRelay, upstreamAt, type Case } from './case';
import { Checklist } from './checklist';
import { examineDirect } from './direct';
import type { DoctorTools, Patient } from './doctor-tools';
import { findingOf } from './findings';
import { relayLine } from './server-commands';
import { createServerQuestions } from './server-questions';
import { examineThroughRelay } from './through-relay';
import { known, type Verdict } from './verdict';

/** How long InstructLab may be busy with this browser's own requests before that is the finding. */
const turnPatienceMs = 2000;

/**
 * @param onSteps hears each question when it is asked and when it is answered
 * @throws only the reason of an abort
 */
export async function diagnose(
  patient: Patient,
  tools: DoctorTools,
  onSteps: (steps: readonly DoctorStep[]) => void,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const checklist = new Checklist(onSteps);
  const questions = createServerQuestions(tools, signal);
  const one: Case = { patient, tools, questions, checklist, signal };
  const verdict = await (patient.connection.via === 'relay' ? examineThroughRelay(one) : inTurn(one));
  return describe(one, verdict);
}

async function describe({ patient, tools, checklist, signal }: Case, verdict: Verdict): Promise<Diagnosis> {
  const { isKindKnown, isAdded, modelId } = patient;
  const connection = { ...patient.connection, baseUrl: patient.serverUrl };
  const [first, ...others] = verdict.suspects;
  const isDirect = connection.via === 'direct' && first.cause !== 'works' && first.cause !== 'bad-address';
  // The relay's own entry is its own server again; a typed address may name a machine that it cannot reach.
  const isBeyondRelay = isAdded && isAnotherForRelay(connection.baseUrl, tools);
  const view = isDirect && !isBeyondRelay ? await tools.askRelay(signal) : undefined;
  const relayId = upstreamAt(view, connection.baseUrl)?.id;
  const hasRelayWay = relayId !== undefined;
  const about = { connection, isKindKnown, isAdded, modelId, hasRelayWay, isBeyondRelay, ...tools.page };
  const needsLine = view?.state === 'answers' && !hasRelayWay && isKindKnown;
  return {
    certainty: verdict.certainty,
    findings: [findingOf(first, about), ...others.map((suspect) => findingOf(suspect, about))],
    steps: checklist.steps,
    ...(hasRelayWay ? { relayId } : {}),
    ...(needsLine ? { relayLine: relayLine(connection, view.status) } : {}),
  };
}

/** InstructLab takes one connection: the questions wait for this browser's own requests, in every tab. */
async function inTurn(one: Case): Promise<Verdict> {
  const { connection } = one.patient;
  if (connection.kind !== 'instructlab') return examineDirect(one);
  one.checklist.ask('Is it free for a question?');
  const release = await turn(apiBase(connection).root, one.signal);
  if (!release) {
    one.checklist.note('bad', 'No: this page, or another tab of it, waits for its answer.');
    return known({
      cause: 'busy',
      why: `${connection.label} is answering a request of this browser, and was left alone.`,
    });
  }
  one.checklist.note('good', 'Yes, as far as this browser knows.');
  try {
    return await examineDirect(one);
  } finally {
    release();
  }
}

async function turn(root: string, signal: AbortSignal): Promise<(() => void) | undefined> {
  const patience = AbortSignal.timeout(turnPatienceMs);
  try {
    return await createTurns(root).take(AbortSignal.any([signal, patience]));
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
