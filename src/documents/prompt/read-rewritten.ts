/** Takes the rewritten question out of what a model replied, and tells whether it is one. */
import type { ChatMessage } from '../../core/chat-message';

/** Characters; more is an answer, and not a question. */
const longest = 500;

/** @returns undefined for a reply that holds no question */
export function readRewritten(reply: string): string | undefined {
  const line = reply
    .split('\n')
    .map((one) => one.trim())
    .find(
      (one) => one !== '' && !/^(rewritten|standalone)?\s*(last )?question:?$/i.test(one.replaceAll('*', '')),
    );
  const question = line
    ?.replace(/^\**(?:the )?(?:(?:rewritten|standalone|last) )*question\**:\**\s*/i, '')
    .replace(/^["“„«'](.*)["”“»']$/, '$1')
    .trim();
  return question && question.length <= longest ? question : undefined;
}

/** Words that tell something, in writing that has spaces between them. */
const words = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]{4,}/gu;
/** As much of a word as its other forms have too. */
const stemLength = 5;

/**
 * Small models repeat the conversation instead: a rewriting says some of what was asked, or something that
 * nobody said before ("its price" may become "cost").
 */
export function keepsToQuestion(
  rewritten: string,
  question: string,
  history: readonly ChatMessage[],
): boolean {
  const asked = new Set(stemsOf(question));
  if (asked.size === 0) return true;
  const before = new Set(history.flatMap(({ text }) => stemsOf(text)));
  return stemsOf(rewritten).some((stem) => asked.has(stem) || !before.has(stem));
}

function stemsOf(text: string): string[] {
  return (text.toLowerCase().match(words) ?? []).map((word) => word.slice(0, stemLength));
}
