/** The starter model as Ollama's Modelfiles: what it can do, Ollama reads off its template. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writePooledCopy } from './pooled-copy.mjs';

/** SmolLM2 speaks ChatML. The messages hold the system text already, so a template must not name it again. */
const chat = `{{ range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
`;

/** Opens a thought where one is asked for, and lets an unfinished last message of the assistant be continued. */
const thinking = `{{- range $i, $_ := .Messages }}
{{- $last := eq (len (slice $.Messages $i)) 1 -}}
<|im_start|>{{ .Role }}
{{ if and (eq .Role "assistant") .Thinking }}<think>
{{ .Thinking }}
</think>
{{ end }}{{ .Content }}{{ if not (and $last (eq .Role "assistant")) }}<|im_end|>
{{ end }}
{{- if and $last (ne .Role "assistant") }}<|im_start|>assistant
{{ if and $.IsThinkSet $.Think }}<think>
{{ end }}{{ end }}
{{- end }}`;

const tools = `{{- if .Tools }}<|im_start|>system
You may call functions. Available tools:
<tools>
{{- range .Tools }}
{"type": "function", "function": {{ .Function }}}
{{- end }}
</tools>
For a function call return a JSON object within <tool_call></tool_call> tags:
<tool_call>
{"name": "function-name", "arguments": {}}
</tool_call><|im_end|>
{{ end }}
{{- range .Messages }}
{{- if eq .Role "tool" }}<|im_start|>user
<tool_response>
{{ .Content }}
</tool_response><|im_end|>
{{ else }}<|im_start|>{{ .Role }}
{{ if .ToolCalls }}<tool_call>
{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}
{{ end }}</tool_call>{{ else }}{{ .Content }}{{ end }}<|im_end|>
{{ end }}
{{- end }}<|im_start|>assistant
`;

/** The text that the model's own template puts first when there is no system message. */
const system = 'SYSTEM You are a helpful AI assistant named SmolLM, trained by Hugging Face';

/**
 * One model for each thing that there is to test; `smollm2` only chats.
 * @param {string} directory of the server
 * @param {string} gguf
 * @returns {Promise<readonly { name: string, modelfile: string }[]>}
 */
export async function ollamaModels(directory, gguf) {
  const pooled = join(directory, 'smollm2-embed.gguf');
  if (!existsSync(pooled)) await writePooledCopy(gguf, pooled);
  return [
    { name: 'smollm2-embed', modelfile: `FROM ${resolve(pooled)}\n` },
    { name: 'smollm2-tools', modelfile: describe(gguf, tools) },
    { name: 'smollm2-think', modelfile: describe(gguf, thinking) },
    { name: 'smollm2', modelfile: describe(gguf, chat, system) },
  ];
}

/** @param {string} gguf @param {string} template @param {readonly string[]} more */
function describe(gguf, template, ...more) {
  const stops = ['<|im_start|>', '<|im_end|>'].map((stop) => `PARAMETER stop ${stop}`);
  return [`FROM ${resolve(gguf)}`, `TEMPLATE """${template}"""`, ...more, ...stops, ''].join('\n');
}
