/** What takes everything out as one file and in again: apart, because few ask for it. */
import { PageArchive } from '../state/archive/page-archive';
import type { DocumentLibrary } from '../state/documents/document-library.svelte';
import { AllConversations } from '../storage/all-conversations';
import { ComparisonStore } from '../storage/comparison-store';
import type { ConversationStore } from '../storage/conversation-store';
import type { SwitchyardDatabase } from '../storage/database';
import { DocumentStore } from '../storage/document-store';
import { OriginalFiles } from '../storage/original-files';

export function createArchive(
  database: SwitchyardDatabase,
  conversations: ConversationStore,
  library: DocumentLibrary,
): PageArchive {
  return new PageArchive({
    all: new AllConversations(database),
    conversations,
    comparisons: new ComparisonStore(database),
    store: new DocumentStore(database),
    originals: new OriginalFiles(),
    library,
  });
}
