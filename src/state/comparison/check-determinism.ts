/** Asks a lane its last question twice with the same seed: does the same come of it? */
import { type RepeatedRun, repeatedRun } from '../../compare/manifest/repeated-run';
import type { AnswerMessage } from '../../core/conversation';
import { askAgain, replay } from '../replay';
import type { Lane } from './lane.svelte';

/** Any will do; it is the same both times. */
const usualSeed = 1;

export interface DeterminismCheck extends RepeatedRun {
  readonly usedSeed: number;
  readonly first: AnswerMessage;
  readonly second: AnswerMessage;
}

/** The answer that a check asks for again; absent while there is none, or one is being written. */
export function checkableAnswer({ session }: Lane): AnswerMessage | undefined {
  if (session.isAnswering) return undefined;
  const last = session.branch.findLast((message) => message.role === 'assistant');
  return last?.role === 'assistant' && last.parentId !== null ? last : undefined;
}

/**
 * Both answers stand beside the others to this question, by the lane's model and settings of now.
 * @param onHalf the first is there
 * @returns undefined where it was stopped or failed before both were there; the lane then says so
 */
export async function checkDeterminism(
  lane: Lane,
  onHalf: () => void,
): Promise<DeterminismCheck | undefined> {
  const { session, choice, params, systemPrompt } = lane;
  const asked = checkableAnswer(lane);
  if (!asked) return undefined;
  const usedSeed = params.seed ?? usualSeed;
  const as = { choice, params: { ...params, seed: usedSeed }, systemPrompt };
  const first = await askAgain(session, asked, { as });
  if (first?.state !== 'done') return undefined;
  onHalf();
  const second = await replay(session, first);
  if (second?.state !== 'done') return undefined;
  return { ...repeatedRun(first, second), usedSeed, first, second };
}
