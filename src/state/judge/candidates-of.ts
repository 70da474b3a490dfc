/** The answers of a comparison that can be judged against each other: whole ones, to the newest prompt. */
import type { AnswerMessage } from '../../core/conversation';
import type { VoteSide } from '../../core/vote';
import type { Lane } from '../comparison/lane.svelte';
import { modelKey } from '../model-key';

export interface Candidate {
  readonly lane: Lane;
  readonly modelKey: string;
  /** For people: `Ollama · smollm2:latest`. */
  readonly label: string;
  readonly prompt: string;
  readonly answer: AnswerMessage;
}

export interface Turn {
  readonly prompt: string;
  readonly candidates: readonly Candidate[];
  /** Lanes whose answer to this prompt failed, was stopped or is empty. */
  readonly unfit: readonly Lane[];
}

/** Undefined before the first prompt. Lanes that were not asked this prompt are in neither list. */
export function turnOf(lanes: readonly Lane[]): Turn | undefined {
  const ends = lanes.flatMap((lane) => {
    const { branch } = lane.session;
    const question = branch.findLast((message) => message.role === 'user');
    const last = branch.at(-1);
    return question ? [{ lane, question, answer: last?.role === 'assistant' ? last : undefined }] : [];
  });
  const newest = ends.reduce<(typeof ends)[number] | undefined>(
    (best, end) => (!best || end.question.createdAt > best.question.createdAt ? end : best),
    undefined,
  );
  if (!newest) return undefined;
  const prompt = newest.question.text;
  const asked = ends.filter(({ question }) => question.text === prompt);
  const candidates = asked.flatMap(({ lane, answer }) =>
    answer?.state === 'done' && answer.text.trim() !== ''
      ? [{ lane, modelKey: modelKey(answer), label: labelOf(answer), prompt, answer }]
      : [],
  );
  const fit = new Set(candidates.map(({ lane }) => lane));
  return { prompt, candidates, unfit: asked.map(({ lane }) => lane).filter((lane) => !fit.has(lane)) };
}

/** As it was called when it answered. */
function labelOf({ backendLabel, modelLabel }: AnswerMessage): string {
  return `${backendLabel} · ${modelLabel}`;
}

/** As a vote keeps it. */
export function voteSide({ modelKey: key, label, answer }: Candidate): VoteSide {
  return { modelKey: key, label, answerId: answer.id, length: answer.text.length };
}
