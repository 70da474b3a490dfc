/** How full the context window is after the last answer of a branch that was measured. */
import { type ContextUse, contextUse } from '../core/context-use';
import type { StoredMessage } from '../core/conversation';
import type { ModelFacts } from './model-facts.svelte';

/** Absent before the first. */
export function lastContextUse(
  branch: readonly StoredMessage[],
  facts: Pick<ModelFacts, 'windowOf'>,
): ContextUse | undefined {
  const answer = branch.findLast(
    (message) => message.role === 'assistant' && message.measurement !== undefined,
  );
  return answer?.role === 'assistant' ? contextUse(answer, facts.windowOf(answer)) : undefined;
}
