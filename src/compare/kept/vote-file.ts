/** Votes as the text of a file. They keep their ids, so that the same vote is never counted twice. */
import * as v from 'valibot';
import type { BackendError } from '../../core/backend-error';
import { notImported } from '../../core/not-imported';
import { type Vote, voteOutcomes } from '../../core/vote';
import { checkedBy } from '../../platform/checked-by';
import { parsedJson } from '../../platform/parsed-json';
import { number, text } from './answer-parts-schema';

const outcome = v.picklist(voteOutcomes);
const side = v.object({
  modelKey: text,
  label: text,
  answerId: text,
  length: v.pipe(number, v.integer(), v.minValue(0)),
});

const vote: v.GenericSchema<unknown, Vote> = v.object({
  id: text,
  comparisonId: text,
  createdAt: number,
  prompt: text,
  left: side,
  right: side,
  outcome,
  judge: v.variant('kind', [
    v.object({ kind: v.literal('person') }),
    v.object({
      kind: v.literal('model'),
      modelKey: text,
      label: text,
      rubric: text,
      verdicts: v.tuple([outcome, outcome]),
      reason: text,
    }),
  ]),
});

export function writeVoteFile(votes: readonly Vote[]): string {
  return JSON.stringify(votes);
}

/** @throws BackendError `bad-request` with what is wrong with the file */
export function readVoteFile(content: string): readonly Vote[] {
  return checkedBy(v.array(vote), parsedJson(content, refused), refused);
}

/** @param renewed by the ids that comparisons and answers had, those that they have here */
export function voteWithNewIds(given: Vote, renewed: ReadonlyMap<string, string>): Vote {
  const renew = (id: string): string => renewed.get(id) ?? id;
  return {
    ...given,
    comparisonId: renew(given.comparisonId),
    left: { ...given.left, answerId: renew(given.left.answerId) },
    right: { ...given.right, answerId: renew(given.right.answerId) },
  };
}

function refused(why: string): BackendError {
  return notImported(`the votes in it are damaged, ${why}`);
}
