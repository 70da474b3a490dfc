/** Searching in documents: what is asked, what comes back, and what an answer keeps of it. Plain data. */

/** The seam: a collection in this page, a vector database behind the relay, a search address elsewhere. */
export interface Retriever {
  /** Best first. @throws BackendError */
  search(query: RetrievalQuery, signal: AbortSignal): Promise<readonly Passage[]>;
  /** What a person should know of the last search, for example that meaning could not be searched. */
  readonly lastNotices?: readonly string[];
  /** What holds of the collection and is told where it is chosen, for example that it has no embedding model. */
  readonly lastRemarks?: readonly string[];
  /** What the last search left out, because it has hardly anything to do with the question. */
  readonly lastUnfit?: readonly Passage[];
}

export interface RetrievalFilter {
  readonly documentIds?: readonly string[];
  /** Milliseconds since 1970, of the file where known, else of when it was added. */
  readonly from?: number;
  readonly until?: number;
}

/** One that lets everything through is none. */
export function isFiltering({ documentIds, from, until }: RetrievalFilter = {}): boolean {
  return documentIds !== undefined || from !== undefined || until !== undefined;
}

export interface RetrievalSettings {
  /** How many passages, 1 to 50. */
  readonly passages: number;
  /** 0 is keywords alone, 1 is meaning alone. */
  readonly denseWeight: number;
  /** Chunks before and after a found one that are joined to it, 0 to 3. */
  readonly neighbours: number;
  /** Rewrite a question that leans on the conversation into one that stands alone, by the chat model. */
  readonly rewritesQuestion: boolean;
  /** Let the chat model put the passages in order once more. */
  readonly reranks: boolean;
  /** Also what has hardly anything to do with the question; absent: that is left out. */
  readonly keepsUnfit?: boolean;
  /** Also more than a slow model reads within a minute; absent: fewer passages are taken then. */
  readonly readsLong?: boolean;
}

export const usualRetrieval: RetrievalSettings = {
  passages: 6,
  denseWeight: 0.5,
  neighbours: 1,
  rewritesQuestion: true,
  reranks: false,
};

/** What is searched for an answer, and how: that of a conversation, or of a lane. */
export interface DocumentChoice {
  /** Empty: the answer is not given from documents. */
  readonly collectionIds: readonly string[];
  readonly settings: RetrievalSettings;
  /** Absent: all documents of the collections. */
  readonly filter?: RetrievalFilter;
}

/** The same for one answer alone, as a person asks for it again. */
export interface DocumentSearch extends DocumentChoice {
  /** What is searched for; absent for the question. */
  readonly query?: string;
}

export interface RetrievalQuery {
  readonly text: string;
  readonly settings: RetrievalSettings;
  readonly filter?: RetrievalFilter;
  /** Tokens from which on nothing is joined to a passage any more; absent for no limit. */
  readonly longestPassage?: number;
}

/** Absent where that side did not find it. */
export interface PassageScores {
  /** BM25, 0 and up. */
  readonly keyword?: number;
  /** Cosine, -1 to 1. */
  readonly dense?: number;
  /** As a search elsewhere tells it, on a scale of its own; its order counts. */
  readonly told?: number;
  /** What the order goes by, larger is better. */
  readonly fused: number;
  /** Of a model that read question and passage, 0 to 10. */
  readonly reranked?: number;
}

export interface Passage {
  readonly collectionId: string;
  /** Absent where the document is not kept here. */
  readonly documentId?: string;
  readonly documentName: string;
  /** Where it can be opened elsewhere. */
  readonly url?: string;
  /** Offsets in UTF-16 units of the document's text; absent where that is not here. */
  readonly start?: number;
  readonly end?: number;
  /** From 1. */
  readonly page?: number;
  readonly headings: readonly string[];
  readonly text: string;
  readonly scores: PassageScores;
}

/** Kept with the answer. Passage i is cited as [i + 1]. */
export interface RetrievalReport {
  readonly collectionIds: readonly string[];
  readonly question: string;
  /** What was searched for, where that differs from the question. */
  readonly rewritten?: string;
  readonly settings: RetrievalSettings;
  readonly filter?: RetrievalFilter;
  /** Those that went into the prompt. */
  readonly passages: readonly Passage[];
  /** Found, and left out because the context window had no room. */
  readonly leftOut: readonly Passage[];
  /** Nearest, and left out because it has hardly anything to do with the question; absent in answers of earlier versions. */
  readonly unfit?: readonly Passage[];
  /** Tokens that passages may take, from the model's context window; `isEstimated` where nobody told that. */
  readonly budget: {
    readonly tokens: number;
    readonly isEstimated: boolean;
    /** Tokens per second that the model reads, where it was that what set the limit. */
    readonly readsPerSecond?: number;
  };
  /** The last message as it was sent, passages included. */
  readonly prompt: string;
  /** Milliseconds. */
  readonly searchMs: number;
  /** What a person should know of this answer: no vectors yet, a collection that could not be asked, a rewriting that failed. */
  readonly notices: readonly string[];
  /** The same of what was known before it was searched; absent in answers of earlier versions. */
  readonly remarks?: readonly string[];
}
