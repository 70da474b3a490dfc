/** What takes everything out as one file and in again: apart, because few ask for it. */
import { PageArchive } from '../state/archive/page-archive';
import type { DocumentLibrary } from '../state/documents/document-library.svelte';
import { AllRows } from '../storage/all-rows';
import { BatchStore } from '../storage/batch-store';
import { ComparisonStore } from '../storage/comparison-store';
import type { ConversationStore } from '../storage/conversation-store';
import type { SwitchyardDatabase } from '../storage/database';
import { DocumentStore } from '../storage/document-store';
import { OriginalFiles } from '../storage/original-files';
import { VoteStore } from '../storage/vote-store';

export function createArchive(
  database: SwitchyardDatabase,
  conversations: ConversationStore,
  library: DocumentLibrary,
): PageArchive {
  return new PageArchive({
    all: new AllRows(database),
    conversations,
    comparisons: new ComparisonStore(database),
    batches: new BatchStore(database),
    votes: new VoteStore(database),
    store: new DocumentStore(database),
    originals: new OriginalFiles(),
    library,
  });
}
