/** The figures of several answers as one: the mean of those that have each. */
import { type AnswerFigures, type Figure, figureNames } from './figure';

export function meanFigures(all: readonly AnswerFigures[]): AnswerFigures {
  const means = figureNames.map((name) => {
    const figures = all.flatMap((one) => one[name] ?? []);
    return [name, figures.length > 0 ? meanOf(figures) : undefined] as const;
  });
  return Object.fromEntries(means.filter(([, mean]) => mean !== undefined));
}

/** The engine's own mean stands beside ours only where it is over the same answers. */
function meanOf(figures: readonly Figure[]): Figure {
  const engines = figures.flatMap(({ engine }) => engine ?? []);
  return {
    value: average(figures.map(({ value }) => value)),
    count: figures.length,
    ...(engines.length === figures.length && { engine: average(engines) }),
    ...(figures.some(({ isEstimated }) => isEstimated) && { isEstimated: true as const }),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
