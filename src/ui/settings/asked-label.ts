/** Who takes settings or ignores them, in one way of asking. */
import type { Backend } from '../../core/backend';

/** @param isPlain the model is asked without a chat template */
export function askedLabel({ label }: Pick<Backend, 'label'>, isPlain: boolean): string {
  return isPlain ? `${label} without a chat template` : label;
}
