/** The manifest of an answer, put together from what is kept with it. */
import type { ChatMessage } from '../../core/chat-message';
import type { AnswerMessage } from '../../core/conversation';
import { type RunManifest, runManifestFormat } from '../../core/run-manifest';
import { paramsOfEffects } from './params-of-effects';

/** An answer as it is kept, without its place in a conversation. */
export type ManifestSource = Pick<AnswerMessage, 'backendId' | 'modelId' | 'text' | 'state'> &
  Partial<
    Pick<
      AnswerMessage,
      | 'createdAt'
      | 'reasoning'
      | 'backendLabel'
      | 'modelLabel'
      | 'runsOn'
      | 'contextLength'
      | 'provenance'
      | 'effects'
      | 'toolCalls'
      | 'endReason'
      | 'error'
      | 'usage'
      | 'timings'
      | 'measurement'
      | 'circumstances'
      | 'continuedFrom'
      | 'retrieval'
    >
  >;

/** @param messages all that the model got to read, in order */
export function runManifestOf(answer: ManifestSource, messages: readonly ChatMessage[]): RunManifest {
  const { kind, version, tools, isPlain, ...weights } = answer.provenance ?? {};
  const { effects = [], createdAt, continuedFrom } = answer;
  const manifest: RunManifest = {
    format: runManifestFormat,
    askedAt: createdAt === undefined ? undefined : new Date(createdAt).toISOString(),
    model: {
      id: answer.modelId,
      label: answer.modelLabel,
      contextLength: answer.contextLength,
      ...weights,
    },
    engine: {
      backendId: answer.backendId,
      label: answer.backendLabel,
      kind,
      version,
      runsOn: answer.runsOn,
    },
    request: {
      messages,
      params: paramsOfEffects(effects),
      promptFormat: isPlain ? 'plain' : 'chat',
      ...(continuedFrom && { continues: true }),
      tools,
    },
    retrieval: answer.retrieval,
    effects,
    answer: {
      text: answer.text,
      reasoning: answer.reasoning === '' ? undefined : answer.reasoning,
      toolCalls: answer.toolCalls,
      state: answer.state,
      endReason: answer.endReason,
      error: answer.error,
    },
    usage: answer.usage,
    timings: answer.timings,
    measurement: answer.measurement,
    circumstances: answer.circumstances,
  };
  return withoutUnknown(manifest);
}

/** As it comes back from JSON: what nobody told has no key. */
function withoutUnknown(manifest: RunManifest): RunManifest {
  return JSON.parse(JSON.stringify(manifest)) as RunManifest;
}
