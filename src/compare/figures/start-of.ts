/** Whether an answer came from a model that had just been loaded: its figures are worse than those to come. */
import type { AnswerMessage } from '../../core/conversation';

/** Milliseconds. Servers that report a load do so for a model that is ready, too: it takes them a moment to see that. */
const shortestLoad = 500;

/** Undefined where nobody tells. */
export function startOf({ measurement, timings, runsOn }: AnswerMessage): 'cold' | 'warm' | undefined {
  if (!measurement) return undefined;
  if (measurement.isCold) return 'cold';
  if (timings?.loadMs !== undefined) return timings.loadMs >= shortestLoad ? 'cold' : 'warm';
  // Engines in the page always say so.
  return runsOn === 'this-gpu' || runsOn === 'this-cpu' ? 'warm' : undefined;
}
