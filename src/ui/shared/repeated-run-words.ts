/** What came of asking the same again, as people read it. */
import type { RepeatedRun } from '../../compare/manifest/repeated-run';

export function repeatedRunWords(run: RepeatedRun): string[] {
  return [outcome(run), ...changes(run), ...seedNotes(run)];
}

function outcome({ difference, isInThoughts, areWhole }: RepeatedRun): string {
  if (!areWhole) return 'One of the two was not written to its end.';
  if (!difference) return 'Identical to the last character.';
  const where = isInThoughts ? 'The text is the same, the thoughts differ' : 'It differs';
  return `${where} from word ${difference.word} on: after “…${difference.before.trim()}” the first goes on with ${quoted(difference.first)}, the second with ${quoted(difference.second)}.`;
}

function quoted(text: string): string {
  return text.trim() === '' ? 'nothing more' : `“${text.trim()}…”`;
}

function changes({ changed }: RepeatedRun): string[] {
  if (changed.length === 0) return [];
  const words = { version: 'version of the engine', weights: 'weights', template: 'chat template' } as const;
  const named = new Intl.ListFormat('en').format(changed.map((one) => words[one]));
  return [`Not the same any more: ${named}.`];
}

function seedNotes({ seed, difference }: RepeatedRun): string[] {
  switch (seed) {
    case 'ignored':
      return ['This backend ignores seeds: what it draws is another time another.'];
    case 'none':
      return difference ? ['No seed was set, so another answer is to be expected.'] : [];
    case 'greedy':
      return difference
        ? ['Nothing was drawn at temperature 0: rounding, batching or a cache made the difference.']
        : [];
    case 'sent':
      return difference
        ? [
            'The seed was sent, and did not bring the same: batching, caches or parallel sums may differ, or the backend does not go by it.',
          ]
        : [];
  }
}
