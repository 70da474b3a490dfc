/** Whether a model can be asked, or only turns texts into vectors. */
import type { ModelInfo } from './backend';

/** What is not known of a model speaks for it: it is refused only where it was said that it embeds, or does not chat. */
export function answers({ capabilities }: Pick<ModelInfo, 'capabilities'>): boolean {
  return capabilities?.chat ?? capabilities?.embedding !== true;
}
