/** Takes the rewritten question out of what a model replied. */

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
