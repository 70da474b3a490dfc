/** Documents as they are kept: collections, files, their text, and the pieces that are searched. Plain data. */
import type { PlainBackendError } from './backend-error';

export const documentKinds = [
  'pdf',
  'docx',
  'odt',
  'epub',
  'html',
  'markdown',
  'text',
  'csv',
  'code',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What turns the texts of a collection into vectors; another one means that all are made again. */
export interface EmbeddingChoice {
  readonly backendId: string;
  readonly modelId: string;
  /** Shown instead of the id. */
  readonly modelLabel: string;
  /** Names these very weights, where the backend tells. */
  readonly digest?: string;
  /** Length of a vector; absent until the first was made. */
  readonly dimensions?: number;
}

/** Names what made a vector: those of two models, or of two builds of one, say nothing of each other. */
export function vectorModel({ backendId, modelId, digest = '' }: EmbeddingChoice): string {
  return `${backendId} ${modelId} ${digest}`;
}

/**
 * A search elsewhere: nothing of what it finds is kept here, each question goes there. Places in JSON are paths as
 * src/retrievers/json-path.ts reads them; those of one result begin at that result.
 */
export interface SearchAddress {
  readonly kind: 'search-address';
  /** Host, or the name that the relay has for it. */
  readonly label: string;
  /** Absolute http or https URL; through the relay a path on the page's own origin. */
  readonly url: string;
  readonly via: 'direct' | 'relay';
  /** `GET`: fields are parameters of the address. `POST`: of a JSON body, with dots for objects in objects. */
  readonly method: 'GET' | 'POST';
  readonly questionField: string;
  /** Takes the number of wanted passages; absent where it decides that itself. */
  readonly countField?: string;
  /** The list; empty where the whole answer is the list. */
  readonly resultsPath: string;
  /** Empty where a result is the text itself. */
  readonly textPath: string;
  /** Name of the document. */
  readonly sourcePath?: string;
  /** Where the document can be opened. */
  readonly urlPath?: string;
  readonly scorePath?: string;
}

/** A vector database that the relay names. */
export interface DatabasePlace {
  /** Of the relay's configuration. */
  readonly id: string;
  readonly label: string;
  /** Nothing can be put into it from here. */
  readonly isReadOnly?: true;
}

export interface Collection {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Absent: it is searched by keywords alone. */
  readonly embedding?: EmbeddingChoice;
  /** What is searched instead of documents that are kept here. */
  readonly source?: SearchAddress;
  /** Where the passages of its documents are kept and searched, by all whose pages use it; absent for this page. */
  readonly database?: DatabasePlace;
}

/** `waiting` for its turn; `reading` until it can be found by keywords; `embedding` until also by meaning. */
export type DocumentState = 'waiting' | 'reading' | 'embedding' | 'ready' | 'failed';

export interface StoredDocument {
  readonly id: string;
  readonly collectionId: string;
  /** File name, or what the person called it. */
  readonly name: string;
  /** Within the folder that was dropped, with `/`; absent for a single file. With the name it tells a changed file from a new one. */
  readonly path?: string;
  /** Where it was fetched from. */
  readonly url?: string;
  readonly kind: DocumentKind;
  readonly bytes: number;
  /** Of the original bytes, lower-case hex. */
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** Of the file on disk, milliseconds since 1970; absent where nobody tells. */
  readonly modifiedAt?: number;
  readonly state: DocumentState;
  readonly error?: PlainBackendError;
  /** Where the kind has pages. */
  readonly pageCount?: number;
  readonly chunkCount?: number;
  /** Names the tokenizer that counted the tokens of its chunks; absent: they were estimated. */
  readonly countedBy?: string;
  /** BCP 47, two letters, as guessed from the text; absent where it cannot be told. */
  readonly language?: string;
  /** What a person should know although it worked, for example that three pages hold no text. */
  readonly notices?: readonly string[];
  /** The person stopped the making of its vectors, or no model made any: it is found by its words only. */
  readonly isKeywordsOnly?: true;
}

/** Where a page begins, as an offset in UTF-16 units of the text. Page n (from 1) is entry n - 1. */
export type PageStarts = readonly number[];

export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'code' | 'table-row';

/** A piece of structure: the text at its offsets (UTF-16 units) is the block, without blank ends. */
export interface Block {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  /** 1 to 6; of headings only. */
  readonly level?: number;
}

/** What a parser makes of a file. Offsets everywhere below count in `text`. */
export interface DocumentText {
  readonly text: string;
  /** In order, without overlap. */
  readonly blocks: readonly Block[];
  /** Absent where the kind has no pages. */
  readonly pages?: PageStarts;
  readonly notices: readonly string[];
}

/** What is searched and cited: `text.slice(start, end)` of its document. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** From 1; the page where it starts. */
  readonly page?: number;
  /** Headings above it, outermost first. */
  readonly headings: readonly string[];
  /** Counted by the tokenizer of the embedding model, else estimated. */
  readonly tokens: number;
}

/** A document as it was read: what is kept beside its row. */
export interface ReadDocument {
  readonly document: DocumentText;
  /** In order. */
  readonly chunks: readonly Chunk[];
  /** BCP 47, two letters; absent where it cannot be told. */
  readonly language?: string;
}

/** Whether files can be added: a search elsewhere has its own. */
export function takesFiles({ source, database }: Pick<Collection, 'source' | 'database'>): boolean {
  return source === undefined && database?.isReadOnly === undefined;
}
