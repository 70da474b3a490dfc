/** What a markdown text becomes before it is drawn: a closed set of nodes, without any HTML. */

export type InlineNode =
  | { readonly type: 'text'; readonly raw: string; readonly text: string }
  | { readonly type: 'code'; readonly raw: string; readonly text: string }
  | { readonly type: 'break'; readonly raw: string }
  | MarkNode
  | LinkNode
  | ImageNode;

export interface MarkNode {
  readonly type: 'strong' | 'em' | 'del' | 'sub' | 'sup';
  readonly raw: string;
  readonly children: readonly InlineNode[];
}

export interface LinkNode {
  readonly type: 'link';
  readonly raw: string;
  /** Absolute, http, https or mailto. */
  readonly href: string;
  /** Host or mail address, shown so that nobody clicks blindly. */
  readonly destination: string;
  readonly children: readonly InlineNode[];
}

/** Never loaded; shown as a description with an optional link. */
export interface ImageNode {
  readonly type: 'image';
  readonly raw: string;
  readonly label: string;
  readonly href?: string;
}

/** `raw` is the source of the block, perhaps without the line ends behind it. */
export type BlockNode =
  | TextBlockNode
  | HeadingNode
  | CodeNode
  | QuoteNode
  | ListNode
  | TableNode
  | { readonly type: 'rule'; readonly raw: string }
  | { readonly type: 'html'; readonly raw: string };

export interface TextBlockNode {
  /** `line` is the text of a tight list item, which gets no paragraph of its own. */
  readonly type: 'paragraph' | 'line';
  readonly raw: string;
  readonly children: readonly InlineNode[];
}

export interface HeadingNode {
  readonly type: 'heading';
  readonly raw: string;
  readonly depth: number;
  readonly children: readonly InlineNode[];
}

/** Lines in chunks of a fixed size, so that a growing block hands out the same full chunks again. */
export type CodeChunks = readonly (readonly string[])[];

export interface CodeNode {
  readonly type: 'code';
  readonly raw: string;
  /** First word of the fence's info string; empty when there is none. */
  readonly language: string;
  readonly chunks: CodeChunks;
}

export interface QuoteNode {
  readonly type: 'quote';
  readonly raw: string;
  readonly blocks: readonly BlockNode[];
}

export interface ListNode {
  readonly type: 'list';
  readonly raw: string;
  readonly ordered: boolean;
  readonly start: number;
  readonly items: readonly ListItemNode[];
}

export interface ListItemNode {
  readonly loose: boolean;
  /** Absent when it is not a task. */
  readonly checked?: boolean;
  readonly blocks: readonly BlockNode[];
}

export type CellAlign = 'left' | 'center' | 'right' | null;

export interface TableNode {
  readonly type: 'table';
  readonly raw: string;
  readonly align: readonly CellAlign[];
  readonly header: TableRowNode;
  readonly rows: readonly TableRowNode[];
}

export interface TableRowNode {
  readonly cells: readonly (readonly InlineNode[])[];
}
