/** What else must be known of an answer before its figures are held against those of another. */
import { type AnswerMessage, isRunning } from '../../../core/conversation';
import { startOf } from '../../../compare/figures/start-of';
import { formatMs } from '../../shared/format';

function notesOf(answer: AnswerMessage): string[] {
  const { circumstances, measurement, timings } = answer;
  return [
    ...stateNotes(answer),
    ...(circumstances?.wasHidden ? ['The tab was hidden for a time: browsers slow it down then.'] : []),
    ...(circumstances?.sharedWith ? [`Shared its machine with ${listed(circumstances.sharedWith)}.`] : []),
    ...(measurement?.gapMs
      ? [`Without connection for ${formatMs(measurement.gapMs)}: no speed is known.`]
      : []),
    ...(measurement?.arrivedWhole
      ? ['Not streamed: the first token came with the last one, so no speed is known.']
      : []),
    ...(measurement?.isRepeated
      ? ['Asked twice: times and tokens are of both attempts, so no speed is known.']
      : []),
    ...(answer.continuedFrom ? ['Figures are those of the part that was added.'] : []),
    ...(startOf(answer) === 'cold' ? [coldNote(timings?.loadMs)] : []),
  ];
}

function stateNotes({ state, endReason }: AnswerMessage): string[] {
  if (isRunning(state)) return ['Still answering.'];
  if (state === 'failed') return ['Failed: there is no answer.'];
  if (state === 'incomplete') return ['Broke off.'];
  if (state === 'stopped') return ['Stopped by you.'];
  return endReason === 'length' ? ['Cut at its limit of tokens.'] : [];
}

/** @param loadMs as the server reports it: then it is a part of the time to first token */
function coldNote(loadMs: number | undefined): string {
  return loadMs === undefined
    ? 'Cold start: the first answer after a load is slower.'
    : `Cold start: the server loaded the model for ${formatMs(loadMs)}, which is part of the time to first token.`;
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}

/** @returns each note once, with how many answers it is true of where it is not all */
export function notesOfAll(answers: readonly AnswerMessage[]): string[] {
  const counts = new Map<string, number>();
  for (const note of answers.flatMap(notesOf)) counts.set(note, (counts.get(note) ?? 0) + 1);
  return [...counts].map(([note, count]) =>
    answers.length === 1 ? note : `${note} (${count} of ${answers.length})`,
  );
}
