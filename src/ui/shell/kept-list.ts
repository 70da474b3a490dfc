/** What the sidebar lists: the conversations, or the comparisons. */
export interface Kept {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly isAnswering: boolean;
  /** Found by a search beside the title. */
  readonly keywords?: string;
}

export interface KeptList {
  /** `Conversations`. */
  readonly title: string;
  /** `conversation`. */
  readonly noun: string;
  readonly items: readonly Kept[];
  /** What is kept has been read. */
  readonly isOpen: boolean;
  readonly currentId: string | undefined;
  readonly onStart: () => void;
  readonly onRename: (id: string, title: string) => void;
  readonly onDelete: (id: string) => void;
}
