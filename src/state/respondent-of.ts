/** Who gave an answer, and with what: to ask the same again. */
import { paramsOfEffects } from '../compare/manifest/params-of-effects';
import type { AnswerMessage } from '../core/conversation';
import type { Respondent } from './respondent';

/** What a respondent is for one answer. */
export type AnswersAs = Pick<Respondent, 'choice' | 'params' | 'systemPrompt'>;

export function respondentOf({ backendId, modelId, effects = [], systemPrompt }: AnswerMessage): AnswersAs {
  return { choice: { backendId, modelId }, params: paramsOfEffects(effects), systemPrompt };
}
