/** The text of `docs/parameters.md`, made from the tables that also drive requests and screens. */
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { type ServerPreset, serverPresets } from '../../src/backends/presets';
import { promptApiParams } from '../../src/backends/prompt-api/params';
import { transformersParams, transformersPlainParams } from '../../src/backends/transformers/params';
import { webLlmParams, webLlmPlainParams } from '../../src/backends/webllm/params';
import { wllamaParams, wllamaPlainParams } from '../../src/backends/wllama/params';
import type { ParamMapping, ParamName, ParamTable } from '../../src/core/params';
import { paramOrder } from '../../src/ui/settings/param-fields';
import { paramLabels } from '../../src/ui/shared/param-labels';
import { root } from '../shared/root.mjs';

export const parametersPath = join(root, 'docs', 'parameters.md');

interface Column {
  readonly label: string;
  readonly params: ParamTable;
  /** Without a chat template. */
  readonly plainParams: ParamTable;
}

const columns: readonly Column[] = [
  { label: 'wllama', params: wllamaParams, plainParams: wllamaPlainParams },
  { label: 'Transformers.js', params: transformersParams, plainParams: transformersPlainParams },
  { label: 'WebLLM', params: webLlmParams, plainParams: webLlmPlainParams },
  { label: 'Prompt API', params: promptApiParams, plainParams: promptApiParams },
  ...Object.values(serverPresets).flatMap(columnsOf),
];

/** One column for each version that differs. */
function columnsOf({ label, params: versions, plainParams: differing }: ServerPreset): Column[] {
  return versions.map(({ since, params }, index) => {
    const before = index > 0 ? versions[index - 1]?.since : undefined;
    const range = before === undefined ? (since === '0' ? '' : ` from ${since}`) : ` before ${before}`;
    return { label: label + range, params, plainParams: { ...params, ...differing } };
  });
}

const introduction = `# Settings and what each backend makes of them

Made by \`npm run docs\` from \`src/backends/*/params.ts\`; do not edit it by hand.

The first four columns run in this page, the others on a server; where a server changed with a version, each has its column. A server that does not tell its version is taken for a new one. Each cell names the field of the request, with the range that the backend takes where there is one. A value outside is sent as the nearest one inside, and the answer says so. “Reloads” means that a change loads the model anew. “By the page” means that the backend has no such thing and the page brings the effect about: it watches the text for stop strings, or checks the JSON and asks once more. An ignored setting is not sent, and the answer says that, too. A setting that is not set is not sent: the model runs with the backend's own default, or with what its makers advise.`;

const withoutTemplate = `## Without a chat template

A model that was said to have none is sent the conversation as one plain text, and the backends know other settings there. Left out are settings that are treated as in a chat everywhere.`;

export async function parametersPage(): Promise<string> {
  const all = table(paramOrder, ({ params }, name) => cell(params, name));
  const isOtherwise = ({ params, plainParams }: Column, name: ParamName): boolean =>
    cell(plainParams, name) !== cell(params, name);
  const plain = table(
    paramOrder.filter((name) => columns.some((column) => isOtherwise(column, name))),
    (column, name) => (isOtherwise(column, name) ? cell(column.plainParams, name) : 'as in a chat'),
  );
  const style = await resolveConfig(parametersPath);
  const text = [introduction, all, withoutTemplate, plain].join('\n\n');
  return format(`${text}\n`, { ...style, parser: 'markdown' });
}

function table(names: readonly ParamName[], cellOf: (column: Column, name: ParamName) => string): string {
  const rows = [
    ['setting', ...columns.map(({ label }) => label)],
    ['---', ...columns.map(() => '---')],
    ...names.map((name) => [
      `${paramLabels[name]} (\`${name}\`)`,
      ...columns.map((column) => cellOf(column, name)),
    ]),
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cell(params: ParamTable, name: ParamName): string {
  const rule = params[name];
  if (rule === 'unsupported') return 'ignored';
  if (rule === 'emulated') return 'by the page';
  if (rule.wire === '') return 'as they are';
  return [`\`${rule.wire}\``, range(rule), rule.reloads && 'reloads'].filter(Boolean).join(', ');
}

function range({ min, max }: Pick<ParamMapping<never>, 'min' | 'max'>): string | undefined {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `from ${min}`;
  return max === undefined ? undefined : `up to ${max}`;
}
