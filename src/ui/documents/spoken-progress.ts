/** What is spoken of the work: its quarters only, for a voice cannot follow every file. */
import type { IngestWork } from '../../state/documents/ingest-work.svelte';
import { counted } from './document-words';

export function spokenProgress({
  isWorking,
  isPaused,
  done,
  total,
}: Pick<IngestWork, 'isWorking' | 'isPaused' | 'done' | 'total'>): string {
  if (!isWorking || total === 0) return '';
  if (isPaused) return 'Paused';
  const quarters = Math.floor((4 * done) / total);
  return quarters === 0
    ? `Reading ${counted(total, 'document')}`
    : `${quarters * 25} % of the documents are done`;
}
