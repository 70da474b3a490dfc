/** What has lanes and settings in common: a comparison, or a batch that is being put together. */
import type { LaneSettings } from '../../core/comparison';
import type { Selection } from '../../state/setting-values';
import type { DocumentSource } from '../../state/answering-from-documents/document-source';

interface SettingsLane {
  /** For people: `Lane 2`. */
  readonly name: string;
  /** It goes by the common settings. */
  readonly isLinked: boolean;
  readonly row: Selection;
}

export interface CommonSettingsOwner {
  readonly lanes: readonly SettingsLane[];
  readonly common: LaneSettings;
  /** Absent where answers are not given from documents, as in a batch. */
  readonly openDocuments?: () => Promise<DocumentSource | undefined>;
  change(change: { readonly common: LaneSettings }): void;
}
