/** What may help where memory was not enough for an answer, and the step that a person chose. */
import type { AnswerMessage } from '../core/conversation';
import type { ChatSessionHost } from './chat-session-host';
import { modelsHere } from './models-here';
import { type SmallerStep, smallerSteps } from './smaller-steps';

type StepHost = Pick<ChatSessionHost, 'backends' | 'respondent'>;

/** Empty where memory was not the trouble. */
export function smallerStepsOf(
  { backends, respondent }: StepHost,
  answer: AnswerMessage,
): readonly SmallerStep[] {
  // A load that failed leaves no place in the answer.
  const runsOn = answer.runsOn ?? backends.placeOf(answer);
  return smallerSteps({ ...answer, runsOn }, respondent.params, modelsHere(backends.entries));
}

/** Lasting, so that the next message works too. @throws BackendError where the other model cannot be had */
export async function takeSmallerStep(
  { backends, respondent }: StepHost,
  { backendId, modelId }: AnswerMessage,
  { params, device, selection }: SmallerStep,
): Promise<void> {
  if (params) respondent.changeParams(params);
  if (device) backends.preferDevice({ backendId, modelId }, device);
  if (selection) await respondent.select(selection, new AbortController().signal);
}
