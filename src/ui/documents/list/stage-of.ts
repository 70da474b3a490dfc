/** States of documents as the list is narrowed by them. */
import type { StoredDocument } from '../../../core/document';

export type Stage = 'ready' | 'working' | 'failed';

export const stageWords: Readonly<Record<Stage, string>> = {
  ready: 'Ready',
  working: 'In work',
  failed: 'Failed',
};

export function stageOf({ state }: Pick<StoredDocument, 'state'>): Stage {
  return state === 'ready' || state === 'failed' ? state : 'working';
}
