/** The turns of a comparison: one question, and what each lane that was asked made of it. */
import type { AnswerMessage, StoredMessage, UserMessage } from '../../core/conversation';

export interface LaneBranch {
  readonly laneId: string;
  /** From the first message to the last that is shown. */
  readonly branch: readonly StoredMessage[];
}

export interface ComparedTurn {
  readonly prompt: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  /** By lane, in the order of the lanes; one that was not asked has none. */
  readonly answers: ReadonlyMap<string, AnswerMessage>;
}

/** Milliseconds. Lanes are asked one right after the other; a person who types the same again is slower. */
const longestSend = 1000;

interface Asked {
  readonly laneId: string;
  readonly question: UserMessage;
  readonly answer: AnswerMessage;
}

/** In order of time. Lanes that got the same text at the same moment share a turn. */
export function turnsOf(lanes: readonly LaneBranch[]): ComparedTurn[] {
  const groups: Asked[][] = [];
  const asked = lanes.flatMap(askedIn);
  for (const one of asked.toSorted((a, b) => a.question.createdAt - b.question.createdAt)) {
    const group = groups.findLast((members) => belongsTo(one, members));
    if (group) group.push(one);
    else groups.push([one]);
  }
  const order = lanes.map(({ laneId }) => laneId);
  return groups.map((members) => turnOf(members, order));
}

function belongsTo({ laneId, question }: Asked, members: readonly Asked[]): boolean {
  const [first] = members;
  return (
    first !== undefined &&
    question.createdAt - first.question.createdAt <= longestSend &&
    question.text === first.question.text &&
    members.every((member) => member.laneId !== laneId)
  );
}

function turnOf(members: readonly Asked[], order: readonly string[]): ComparedTurn {
  const inOrder = members.toSorted((a, b) => order.indexOf(a.laneId) - order.indexOf(b.laneId));
  return {
    prompt: members[0]?.question.text ?? '',
    askedAt: members[0]?.question.createdAt ?? 0,
    answers: new Map(inOrder.map(({ laneId, answer }) => [laneId, answer])),
  };
}

/** Of an answer that called tools the last round counts: it has the text. */
function askedIn({ laneId, branch }: LaneBranch): Asked[] {
  const asked: Asked[] = [];
  let question: UserMessage | undefined;
  for (const message of branch) {
    if (message.role === 'user') question = message;
    if (message.role !== 'assistant' || !question) continue;
    if (asked.at(-1)?.question === question) asked.pop();
    asked.push({ laneId, question, answer: message });
  }
  return asked;
}
