/** Puts one pair before a model that judges, and reads its verdict. */
import { judgePrompt } from '../../compare/judge/model-judge/judge-prompt';
import {
  type JudgeReply,
  judgeReplySchema,
  readJudgeReply,
} from '../../compare/judge/model-judge/read-judge-reply';
import { BackendError } from '../../core/backend-error';
import { generate } from '../../core/generate';
import type { Params } from '../../core/params';
import { randomHex } from '../../platform/random-hex';
import type { BackendStore } from '../backend-store.svelte';
import type { Selection } from '../setting-values';

export interface Question {
  readonly choice: Selection;
  readonly rubric: string;
  readonly prompt: string;
  readonly answerA: string;
  readonly answerB: string;
}

/** As certain as the model can be, and in the form that is read best; where a server refuses the form, without it. */
const asked: readonly Params[] = [{ temperature: 0, format: judgeReplySchema }, { temperature: 0 }];

/** @throws BackendError where the model cannot be asked or gives no verdict; the signal's reason once it is aborted */
export async function askJudge(
  backends: BackendStore,
  { choice, ...question }: Question,
  signal: AbortSignal,
): Promise<JudgeReply> {
  const { system, prompt } = judgePrompt({ ...question, mark: randomHex(8) });
  let refused: unknown;
  for (const params of asked) {
    try {
      await backends.load(choice, { params }, signal);
      const backend = await backends.backend(choice.backendId);
      const { modelId } = choice;
      const { text } = await generate(backend, prompt, { modelId, system, params, signal });
      signal.throwIfAborted();
      return verdictOf(text);
    } catch (thrown) {
      if (!(thrown instanceof BackendError) || thrown.code !== 'bad-request') throw thrown;
      refused = thrown;
    }
  }
  throw BackendError.from(refused);
}

function verdictOf(text: string): JudgeReply {
  const reply = readJudgeReply(text);
  if (reply) return reply;
  throw new BackendError('malformed-stream', 'The model that judges gave no verdict that could be read.', {
    said: text.slice(0, 300),
    hint: 'Small models often cannot judge: choose a larger one.',
  });
}
