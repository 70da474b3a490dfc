/** The question as it is sent: with the passages to answer it from, or with the word that there are none. */
import type { Passage } from '../../core/retrieval';
import { fenceRule, quotePassages } from './quote-passages';

export interface PromptParts {
  readonly question: string;
  /** Passage i is cited as [i + 1]. Empty where nothing was found. */
  readonly passages: readonly Passage[];
  /** Unguessable, and another one with each request. */
  readonly mark: string;
}

export function promptFromPassages({ question, passages, mark }: PromptParts): string {
  if (passages.length === 0) return promptWithoutPassages(question);
  const last = passages.length;
  const known = last === 1 ? 'The only number is [1].' : `The numbers are [1] to [${last}].`;
  return `Answer the question at the end from these passages of my documents.

${quotePassages(passages, { mark })}

${fenceRule(mark)}
Cite after each statement the passage that it comes from, as [1], or [1][2] for two of them. ${known} Numbers in brackets inside a passage are its own and are not cited.
If the passages do not answer the question, say so instead of inventing an answer.

Question: ${question}`;
}

function promptWithoutPassages(question: string): string {
  return `${question}

(My documents were searched for this, and nothing was found. Begin by saying that the documents hold nothing on it. Do not cite them, and do not present anything as if it came from them.)`;
}
