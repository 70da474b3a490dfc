/** What happens between a question and its answer from documents: rewrite, search, rank, and build the prompt. */
import type { ChatMessage } from '../../core/chat-message';
import type { StoredMessage } from '../../core/conversation';
import { tokensOf } from '../../core/estimate-tokens';
import type { Params, ParamTable } from '../../core/params';
import { promptCharacters } from '../../core/prompt-characters';
import type { DocumentSearch, Passage, RetrievalReport } from '../../core/retrieval';
import type { ToolDefinition } from '../../core/tool';
import { fitPassages, longestPassage } from '../../documents/prompt/fit-passages';
import { passageBudget, readingSeconds } from '../../documents/prompt/passage-budget';
import { promptFromPassages } from '../../documents/prompt/prompt-from-passages';
import { randomHex } from '../../platform/random-hex';
import type { BackendStore } from '../backend-store.svelte';
import { likelyWindow } from '../likely-window';
import type { Selection } from '../setting-values';
import type { DocumentSource } from './document-source';
import { rankPassages } from './rank-passages';
import { readingSpeed } from './reading-speed';
import { rewriteQuestion } from './rewrite-question';
import { searchCollections } from './search-collections';
import type { SearchStep } from './search-step';

export interface AnswerSearch {
  readonly search: DocumentSearch;
  readonly choice: Selection;
  /** The window in force in tokens, where the load told it. */
  readonly window: number | undefined;
  readonly params: Params;
  readonly table: ParamTable;
  readonly tools: readonly ToolDefinition[];
  /** A model without a chat template continues texts; it does not do what it is asked. */
  readonly isPlain: boolean;
  /** All that is sent, the question last, as it was typed. */
  readonly messages: readonly ChatMessage[];
  /** The same as rows: earlier answers tell their window. */
  readonly branch: readonly StoredMessage[];
}

export interface SearchHost {
  readonly backends: BackendStore;
  readonly documents: () => Promise<DocumentSource>;
}

/** So many more are found than are wanted, for the model to choose from. */
const rankedShare = 3;
const mostPassages = 50;

/** @throws BackendError where nothing could be searched; the signal's reason once it is aborted */
export async function searchForAnswer(
  { backends, documents }: SearchHost,
  asked: AnswerSearch,
  onStep: (step: SearchStep) => void,
  signal: AbortSignal,
): Promise<RetrievalReport> {
  const { search, choice, params, isPlain } = asked;
  const { collectionIds, settings, filter } = search;
  const at = asked.messages.findLastIndex(({ role }) => role === 'user');
  const question = asked.messages[at]?.text ?? '';
  const model = { backends, choice, loadedWith: params };
  const notices: string[] = [];

  let query = search.query ?? question;
  const history = asked.messages.slice(0, at);
  const isFollowUp = history.some(({ role }) => role === 'user');
  if (search.query === undefined && settings.rewritesQuestion && isFollowUp && !isPlain) {
    onStep('rewriting');
    const rewritten = await rewriteQuestion(question, history, model, signal);
    query = rewritten.query;
    if (rewritten.notice) notices.push(rewritten.notice);
  }

  onStep('searching');
  const ranks = settings.reranks && !isPlain;
  const wanted = Math.min(mostPassages, settings.passages * (ranks ? rankedShare : 1));
  const budget = budgetOf(asked, backends);
  const startedAt = performance.now();
  const found = await searchCollections(
    await documents(),
    collectionIds,
    {
      text: query,
      settings: { ...settings, passages: wanted },
      ...(filter && { filter }),
      longestPassage: longestPassage(budget.tokens, settings.passages),
    },
    signal,
  );
  const searchMs = performance.now() - startedAt;
  notices.push(...found.notices);

  let best: readonly Passage[] = found.passages;
  if (ranks && best.length > 1) {
    onStep('ranking');
    const ranked = await rankPassages(query, best.slice(0, wanted), model, signal);
    best = ranked.passages;
    if (ranked.notice) notices.push(ranked.notice);
  }

  const fitted = fitPassages(best.slice(0, settings.passages), budget.tokens);
  const isSlow = budget.readsPerSecond !== undefined;
  if (fitted.isCut)
    notices.push(
      `Only the beginning of the best passage ${isSlow ? 'was given to the model' : 'fits into the context window'}.`,
    );
  if (isSlow && (fitted.isCut || fitted.leftOut.length > 0)) notices.push(slowReader);
  if (best.length > 0 && fitted.passages.length === 0)
    notices.push(
      'Passages were found, and the context window has no room for any: start a new conversation, or use a model with a wider window.',
    );
  if (isPlain && (settings.rewritesQuestion || settings.reranks))
    notices.push('A model without a chat template neither rewrites questions nor puts passages in order.');
  return {
    collectionIds,
    question,
    ...(query !== question && { rewritten: query }),
    settings,
    ...(filter && { filter }),
    passages: fitted.passages,
    leftOut: fitted.leftOut,
    unfit: found.unfit.slice(0, settings.passages),
    budget,
    prompt: promptFromPassages({ question, passages: fitted.passages, mark: randomHex(8) }),
    searchMs,
    notices,
    remarks: found.remarks,
  };
}

const slowReader = `This model reads slowly on this processor: it was given what it reads in about ${readingSeconds} seconds. “How it was searched” can give it more.`;

function budgetOf(
  { choice, window, params, table, tools, messages, branch, search }: AnswerSearch,
  backends: BackendStore,
): RetrievalReport['budget'] {
  const isSet = params.contextLength !== undefined && table.contextLength !== 'unsupported';
  const set = isSet ? params.contextLength : undefined;
  const readsPerSecond = search.settings.readsLong ? undefined : readingSpeed(choice, branch, backends);
  return passageBudget({
    ...(readsPerSecond !== undefined && { readsPerSecond }),
    window: window ?? set ?? likelyWindow(choice, branch, backends),
    sentTokens: tokensOf(promptCharacters({ messages, tools })),
    longestAnswer: params.maxTokens,
  });
}
