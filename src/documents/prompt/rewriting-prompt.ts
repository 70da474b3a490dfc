/** What the chat model is asked to turn a question that leans on the conversation into one that stands alone. */
import type { ChatMessage } from '../../core/chat-message';
import { fenceRule, quoteText } from './quote-passages';

export interface QuestionToRewrite {
  readonly question: string;
  /** Before the question, oldest first. */
  readonly history: readonly Pick<ChatMessage, 'role' | 'text'>[];
  readonly mark: string;
}

/** Turns before the question that are shown; earlier ones hardly bear on it. */
const mostTurns = 6;
/** Characters of each. */
const longestTurn = 800;

export function rewritingPrompt({ question, history, mark }: QuestionToRewrite): string {
  const turns = history
    .filter(({ role, text }) => (role === 'user' || role === 'assistant') && text !== '')
    .slice(-mostTurns)
    .map(({ role, text }) => `${role === 'user' ? 'User' : 'Assistant'}: ${shortened(text)}`);
  return `Rewrite the last question so that it can be understood without the conversation: put in the names that words such as “it”, “they” or “there” stand for. Keep its language and its meaning. If it stands alone already, repeat it.

${quoteText('CONVERSATION', turns.join('\n\n'), mark)}

${quoteText('LAST QUESTION', question, mark)}

${fenceRule(mark)}
Reply with the rewritten question and nothing else.`;
}

function shortened(text: string): string {
  return text.length > longestTurn ? `${text.slice(0, longestTurn)}…` : text;
}
