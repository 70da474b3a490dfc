/** Who gave an answer, and with what: to ask the same again. */
import { paramsOfEffects } from '../compare/manifest/params-of-effects';
import type { AnswerMessage } from '../core/conversation';
import type { Params } from '../core/params';
import type { Respondent } from './respondent';

/** What a respondent is for one answer. */
export type AnswersAs = Pick<Respondent, 'choice' | 'params' | 'systemPrompt'>;

/** @param change of the settings as they were then */
export function respondentOf(answer: AnswerMessage, change: Params = {}): AnswersAs {
  const { backendId, modelId, effects = [], systemPrompt } = answer;
  return {
    choice: { backendId, modelId },
    params: { ...paramsOfEffects(effects), ...change },
    systemPrompt,
  };
}
