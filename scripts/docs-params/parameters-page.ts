/** The text of `docs/parameters.md`, made from the tables that also drive requests and screens. */
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { serverPresets } from '../../src/backends/presets';
import { ollamaParams } from '../../src/backends/ollama/params';
import { promptApiParams } from '../../src/backends/prompt-api/params';
import { transformersParams } from '../../src/backends/transformers/params';
import { webLlmParams } from '../../src/backends/webllm/params';
import { wllamaParams } from '../../src/backends/wllama/params';
import type { ParamMapping, ParamName, ParamTable } from '../../src/core/params';
import { paramOrder } from '../../src/ui/settings/param-fields';
import { paramLabels } from '../../src/ui/shared/param-labels';
import { root } from '../shared/root.mjs';

export const parametersPath = join(root, 'docs', 'parameters.md');

const { ollama, vllm, instructlab, llamacpp, openai } = serverPresets;

const columns: readonly { readonly label: string; readonly params: ParamTable }[] = [
  { label: 'wllama', params: wllamaParams },
  { label: 'Transformers.js', params: transformersParams },
  { label: 'WebLLM', params: webLlmParams },
  { label: 'Prompt API', params: promptApiParams },
  { label: ollama.label, params: ollamaParams },
  ...[vllm, instructlab, llamacpp, openai],
];

const introduction = `# Settings and what each backend makes of them

Made by \`npm run docs\` from \`src/backends/*/params.ts\`; do not edit it by hand.

The first four columns run in this page, the others on a server. Each cell names the field of the request, with the range that the backend takes where there is one. A value outside is sent as the nearest one inside, and the answer says so. “Reloads” means that a change loads the model anew. An ignored setting is not sent, and the answer says that, too. A setting that is not set is not sent: the model runs with the backend's own default, or with what its makers advise.`;

export async function parametersPage(): Promise<string> {
  const rows = [
    ['setting', ...columns.map(({ label }) => label)],
    ['---', ...columns.map(() => '---')],
    ...paramOrder.map((name) => [
      `${paramLabels[name]} (\`${name}\`)`,
      ...columns.map(({ params }) => cell(params, name)),
    ]),
  ];
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  const style = await resolveConfig(parametersPath);
  return format(`${introduction}\n\n${table}\n`, { ...style, parser: 'markdown' });
}

function cell(params: ParamTable, name: ParamName): string {
  const rule = params[name];
  if (rule === 'unsupported') return 'ignored';
  return [`\`${rule.wire}\``, range(rule), rule.reloads && 'reloads'].filter(Boolean).join(', ');
}

function range({ min, max }: Pick<ParamMapping<never>, 'min' | 'max'>): string | undefined {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `from ${min}`;
  return max === undefined ? undefined : `up to ${max}`;
}
