/** A silent cut in words: what happened, how much, what to do. */
import type { SilentCut } from '../../core/silent-cut';
import { paramLabels } from '../shared/param-labels';

export function cutNote({ read, sent, window }: SilentCut): string {
  const full =
    window === undefined ? '' : ` Its context window of ${window.toLocaleString('en')} tokens was full.`;
  return `The server read only ${read.toLocaleString('en')} of about ${sent.toLocaleString('en')} tokens and did not say so: the model most likely did not see the oldest part.${full} Raise “${paramLabels.contextLength}” in Answer settings and retry, or start a new conversation.`;
}
