/** Tools in llama.cpp in the page: the starter model with a template that knows them, and as it comes. */
import { afterEach, describe, expect, test } from 'vitest';
import { createWllama } from '../../../src/backends/wllama/index';
import type { Backend } from '../../../src/core/backend';
import type { ChatMessage } from '../../../src/core/chat-message';
import type { ToolDefinition } from '../../../src/core/tool';
import { collectEvents, textOf } from '../../contract/support/collect-events';
import { contextWith, memoryShelf } from '../backends/memory-shelf';
import { withChatTemplate } from './gguf-template';
import { hasStarterModel, starterAsGguf } from './starter-model';

const patience = 240_000;

/** Calls between tags, as Hermes and Qwen have them. */
const template = [
  `{%- if tools %}`,
  `{{- '<|im_start|>system\\nYou may call functions. Available tools:\\n<tools>' }}`,
  `{%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}`,
  `{{- '\\n</tools>\\nFor a function call return a JSON object within <tool_call></tool_call> tags:\\n<tool_call>\\n{"name": "function-name", "arguments": {}}\\n</tool_call><|im_end|>\\n' }}`,
  `{%- endif %}`,
  `{%- for message in messages %}`,
  `{%- if message.role == 'tool' %}`,
  `{{- '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}`,
  `{%- elif message.role == 'assistant' and message.tool_calls %}`,
  `{{- '<|im_start|>assistant' }}`,
  `{%- if message.content %}{{- '\\n' + message.content }}{%- endif %}`,
  `{%- for call in message.tool_calls %}`,
  `{{- '\\n<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' }}{{- call.function.arguments | tojson }}{{- '}\\n</tool_call>' }}`,
  `{%- endfor %}`,
  `{{- '<|im_end|>\\n' }}`,
  `{%- else %}`,
  `{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}`,
  `{%- endif %}`,
  `{%- endfor %}`,
  `{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`,
].join('');

const weather: ToolDefinition = {
  name: 'get_weather',
  description: 'Get weather for a city',
  parameters: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
};

/** So small a model calls only what it has seen called. */
const examples: readonly ChatMessage[] = ['Rome', 'Berlin', 'Oslo'].flatMap((city, index): ChatMessage[] => [
  { role: 'user', text: `Weather in ${city}?` },
  {
    role: 'assistant',
    text: '',
    toolCalls: [{ id: `call_${index}`, name: 'get_weather', arguments: JSON.stringify({ city }) }],
  },
]);
const asked: readonly ChatMessage[] = [...examples, { role: 'user', text: 'Weather in Paris?' }];
const params = { temperature: 0, maxTokens: 60 };

let backend: Backend | undefined;
afterEach(() => backend?.dispose());

describe.runIf(await hasStarterModel())('llama.cpp in the page', () => {
  test(
    'calls a tool where the template knows them, and reads its result',
    { timeout: patience },
    async () => {
      const starter = await starterAsGguf();
      const content = await (await fetch(starter.files[0]?.sources[0] ?? '')).blob();
      const patched = await withChatTemplate(content, template);
      const files = [{ path: 'tools.gguf', sources: [URL.createObjectURL(patched)], bytes: patched.size }];
      const model = { ...starter, id: 'starter-tools', files };
      backend = createWllama(contextWith(memoryShelf(model)));
      const request = { modelId: model.id, params, tools: [weather] };
      const events = await collectEvents(backend, { ...request, messages: asked });
      expect(events[0]).not.toHaveProperty('ignoresTools');
      const call = events.find((event) => event.type === 'tool-call');
      expect(call).toMatchObject({ name: 'get_weather' });
      expect(JSON.parse(call?.arguments ?? '')).toEqual({ city: 'Paris' });
      expect(events.at(-1)).toMatchObject({ type: 'stream-end', reason: 'tool-calls' });

      const result: readonly ChatMessage[] = [
        { role: 'user', text: 'Weather in Paris?' },
        {
          role: 'assistant',
          text: '',
          toolCalls: [{ id: 'a', name: 'get_weather', arguments: '{"city":"Paris"}' }],
        },
        { role: 'tool', text: '18C sunny', toolCallId: 'a', toolName: 'get_weather' },
      ];
      const next = await collectEvents(backend, { ...request, messages: result });
      expect(next.at(-1)).toMatchObject({ type: 'stream-end' });
      expect(textOf(next)).toContain('18C');
    },
  );

  test(
    'as it comes the model has no tools: nothing is sent, and the answer says so',
    { timeout: patience },
    async () => {
      const model = await starterAsGguf();
      backend = createWllama(contextWith(memoryShelf(model)));
      const messages = [{ role: 'user', text: 'What is the capital of France?' }] as const;
      const request = { modelId: model.id, messages, params: { temperature: 0, maxTokens: 12 } };
      const [start, ...rest] = await collectEvents(backend, { ...request, tools: [weather] });
      expect(start).toMatchObject({ type: 'stream-start', ignoresTools: true });
      const plain = await collectEvents(backend, request);
      expect(textOf(rest)).toBe(textOf(plain));
    },
  );
});
