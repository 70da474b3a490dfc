/** Calls and results in a branch: which are answered, which wait, and how often the model has asked already. */
import type { AnswerMessage, StoredMessage, ToolMessage } from './conversation';
import type { ToolCall } from './tool';

/**
 * So often in a row a model may call tools without anybody looking; then its calls wait for a person. A small model
 * can otherwise ask the same for ever.
 */
export const mostRounds = 8;

/** What a screen needs to know about the calls of one answer. */
export interface ToolRound {
  readonly results: readonly ToolMessage[];
  /** Those that wait for a result. */
  readonly openCalls: readonly ToolCall[];
  /** Names of the tools that run by themselves once the person says so. */
  readonly runnable: readonly string[];
  /** They wait because the model has called tools so often in a row. */
  readonly isAtLimit: boolean;
  /** Results are being found out. */
  readonly isRunning: boolean;
}

/** The results that follow the answer in this branch, in the order in which they came. */
export function resultsOf(
  branch: readonly StoredMessage[],
  answer: Pick<AnswerMessage, 'id'>,
): ToolMessage[] {
  const results: ToolMessage[] = [];
  for (const message of branch.slice(branch.findIndex(({ id }) => id === answer.id) + 1)) {
    if (message.role !== 'tool') break;
    results.push(message);
  }
  return results;
}

/** The calls that wait for a result: of an answer that ended with them and that nothing else follows. */
export function openCallsOf(branch: readonly StoredMessage[], answer: AnswerMessage): ToolCall[] {
  if (answer.state !== 'done' || answer.endReason !== 'tool-calls') return [];
  const results = resultsOf(branch, answer);
  if (branch.at(-1)?.id !== (results.at(-1) ?? answer).id) return [];
  return (answer.toolCalls ?? []).filter(({ id }) => !results.some(({ toolCallId }) => toolCallId === id));
}

/** Whether this answer is the last that may call tools by itself since a person last wrote; so is every eighth. */
export function isAtRoundLimit(branch: readonly StoredMessage[], answer: AnswerMessage): boolean {
  const upTo = branch.slice(0, branch.findIndex(({ id }) => id === answer.id) + 1);
  const sinceQuestion = upTo.slice(upTo.findLastIndex(({ role }) => role === 'user') + 1);
  const rounds = sinceQuestion.filter(({ role }) => role === 'assistant').length;
  return rounds % mostRounds === 0;
}
