/** The scores of a passage as people read them; a side that did not find it is said to. */
import type { PassageScores } from '../../../core/retrieval';

export interface ScoreWords {
  readonly name: string;
  readonly value: string;
  /** What the figure is. */
  readonly meaning: string;
}

export function scoreWords({ keyword, dense, told, fused, reranked }: PassageScores): readonly ScoreWords[] {
  if (told !== undefined) {
    const meaning = 'As the search elsewhere told it, on a scale of its own';
    return [{ name: 'Score', value: String(Number(told.toPrecision(4))), meaning }];
  }
  return [
    {
      name: 'Words',
      value: keyword?.toFixed(2) ?? 'not found',
      meaning: 'BM25: how rare its words are, 0 and up',
    },
    ...(dense === undefined
      ? []
      : [{ name: 'Meaning', value: dense.toFixed(3), meaning: 'Cosine of the vectors, -1 to 1' }]),
    { name: 'Sum', value: fused.toFixed(3), meaning: 'Both sides together: what the order goes by' },
    ...(reranked === undefined
      ? []
      : [{ name: 'Model', value: reranked.toFixed(1), meaning: 'What a model gave it, 0 to 10' }]),
  ];
}
