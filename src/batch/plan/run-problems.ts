/** What keeps a run from starting, as sentences for people; empty where nothing does. */
import type { BatchRun } from '../../core/batch';
import { missingVariable, missingVariables } from '../template';
import { settingsOf } from './cell-request';

export function runProblems(run: BatchRun): string[] {
  const { columns } = run.data;
  const ids = run.upstreams.map(({ id }) => id);
  const used = new Set(run.lanes.map(({ backendId }) => backendId));
  const needed = [
    run.prompt.trim() === '' && 'The prompt is empty.',
    run.lanes.length === 0 && 'There is no lane.',
    ...Object.keys(run.concurrency).map(
      (id) => !used.has(id) && `“concurrency” names “${id}”, which no lane uses.`,
    ),
    ...ids.map((id, index) => ids.indexOf(id) < index && `The upstream “${id}” stands twice.`),
  ].filter((problem) => problem !== false);
  const texts = new Map<string, string>([
    ['prompt', run.prompt],
    ...run.lanes.map((lane, index): [string, string] => {
      return [
        lane.own ? `system prompt of lane ${index + 1}` : 'system prompt',
        settingsOf(run, lane).systemPrompt,
      ];
    }),
    ['expected', run.expected],
    ...run.checks.flatMap((check, index): [string, string][] =>
      textsOfCheck(check).map((text) => [`check ${index + 1}`, text]),
    ),
  ]);
  const missing = [...texts].flatMap(([place, text]) =>
    missingVariables(text, columns).map((name) => {
      const { message, detail } = missingVariable(name, columns);
      return `In the ${place}: ${message} ${detail.hint ?? ''}`;
    }),
  );
  return [...needed, ...missing];
}

function textsOfCheck(check: BatchRun['checks'][number]): string[] {
  switch (check.kind) {
    case 'contains':
      return [check.text];
    case 'pattern':
      return [check.pattern];
    case 'near':
      return [check.value];
    default:
      return [];
  }
}
