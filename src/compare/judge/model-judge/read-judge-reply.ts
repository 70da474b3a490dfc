/** Reads the verdict out of what a model that judges wrote; small models seldom keep to the form. */
import type { JsonObject } from '../../../core/json';
import type { VoteOutcome } from '../../../core/vote';

export interface JudgeReply {
  /** A is on the left. */
  readonly outcome: VoteOutcome;
  readonly reason: string;
}

/** What the reply is to look like, for backends that can hold a model to it. */
export const judgeReplySchema: JsonObject = {
  type: 'object',
  properties: {
    reason: { type: 'string' },
    verdict: { type: 'string', enum: ['A', 'B', 'tie', 'both-bad'] },
  },
  required: ['reason', 'verdict'],
  additionalProperties: false,
};

/** A small `a` after the word is an article. */
const namedVerdict =
  /(?:[Vv]erdict|VERDICT)[\s"'*:“”=]+(?:is\s+)?(?:[Aa]nswer\s+)?([Bb]oth[- ]bad|[Tt]ie|[AB])(?![\w-])/g;

/** Undefined where no verdict can be found, or more than one. */
export function readJudgeReply(text: string): JudgeReply | undefined {
  const whole = lastObject(text);
  const outcome = whole && outcomeOf(whole['verdict']);
  if (whole && outcome) return { outcome, reason: textOf(whole['reason']) };
  const named = [...text.matchAll(namedVerdict)];
  const found = new Set(named.map(([, verdict]) => outcomeOf(verdict)));
  const [only] = found;
  return found.size === 1 && only ? { outcome: only, reason: '' } : undefined;
}

/** Models write about it first, or put it into a fence: the last object of the text that has a verdict. */
function lastObject(text: string): JsonObject | undefined {
  const flat = [...text.matchAll(/\{[^{}]*\}/g)].map(([object]) => object);
  return [...flat, text].map(parsed).findLast((object) => object && 'verdict' in object);
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

const outcomes: Readonly<Record<string, VoteOutcome>> = {
  a: 'left',
  b: 'right',
  tie: 'tie',
  'both-bad': 'both-bad',
};

function outcomeOf(verdict: unknown): VoteOutcome | undefined {
  if (typeof verdict !== 'string') return undefined;
  const name = verdict
    .trim()
    .toLowerCase()
    .replace(/^answer\s+/, '')
    .replace(/[\s_]+/g, '-');
  return Object.hasOwn(outcomes, name) ? outcomes[name] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
