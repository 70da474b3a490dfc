import { describe, expect, it } from 'vitest';
import { type CallRules, chatCall } from '../../../../src/backends/webllm/chat-call';
import { readTemplateRoles } from '../../../../src/backends/webllm/chat-config';
import type { ChatRequest } from '../../../../src/core/backend';
import type { ChatMessage } from '../../../../src/core/chat-message';
import type { Params } from '../../../../src/core/params';
import { shortfalls } from '../../../support/shortfalls';

const user = (text: string): ChatMessage => ({ role: 'user', text });
const plainRules: CallRules = { seesImages: false, canThink: false, templateRoles: new Set() };

function call(
  messages: readonly ChatMessage[],
  params: Params = {},
  rules: Partial<CallRules> = {},
  promptFormat: ChatRequest['promptFormat'] = 'chat',
) {
  return chatCall({ modelId: 'm', messages, params, promptFormat }, { ...plainRules, ...rules });
}

describe('messages', () => {
  it('puts one system text at the start, out of all there are', () => {
    const { request } = call([
      user('Hi'),
      { role: 'system', text: 'Be short.' },
      { role: 'assistant', text: 'Ho' },
      { role: 'system', text: 'Be kind.' },
      user('Why?'),
    ]);
    expect(request).toHaveProperty('messages', [
      { role: 'system', content: 'Be short.\n\nBe kind.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Ho' },
      { role: 'user', content: 'Why?' },
    ]);
  });

  it.each<[string, ChatMessage[]]>([
    ['no question at the end', [user('Hi'), { role: 'assistant', text: 'Ho' }]],
    ['no message', []],
    [
      'an image for a model that cannot see',
      [{ ...user('See'), images: [{ mediaType: 'image/png', base64: 'AA==' }] }],
    ],
  ])('refuses %s', (_what, messages) => {
    expect(() => call(messages)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });

  it('gives an image to a model that can see', () => {
    const images = [{ mediaType: 'image/png', base64: 'AA==' }];
    const { request } = call([{ ...user('See'), images }], {}, { seesImages: true });
    expect(request).toHaveProperty('messages.0.content', [
      { type: 'text', text: 'See' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
    ]);
  });

  it('survives the templates, which WebLLM fills with String.replace', () => {
    const formula = "$$x$$ and $& and $' and $1";
    const messages = [{ role: 'system', text: formula } as const, user(formula)];
    const { request } = call(messages, {}, { templateRoles: new Set(['user']) });
    const sent = 'messages' in request ? request.messages : [];
    const filled = sent.map(({ content }) => '<{text}>'.replace('{text}', content as string));
    expect(filled).toEqual([`<${formula}>`, `<${formula}>`]);
    // Without a template the text goes as it is.
    expect(call([user(formula)]).request).toHaveProperty('messages.0.content', formula);
  });

  it('reads from the configuration which texts go through a template', async () => {
    const roles = (config: object) =>
      readTemplateRoles([{ path: 'mlc-chat-config.json', blob: new Blob([JSON.stringify(config)]) }]);
    const conv_template = { role_templates: { user: '{user_message}', assistant: '{assistant_message}' } };
    expect([...(await roles({ conv_template }))]).toEqual(['user', 'assistant']);
    expect([...(await roles({ conv_template, conv_config: { role_templates: {} } }))]).toEqual([]);
    expect([...(await roles({}))]).toEqual([]);
  });
});

describe('settings', () => {
  it('has a name for each that WebLLM knows', () => {
    const { request, effects } = call(
      [user('Hi')],
      {
        temperature: 0.5,
        topP: 0.9,
        repeatPenalty: 1.1,
        frequencyPenalty: 0.2,
        presencePenalty: 0.3,
        seed: 7,
        stop: ['x', ''],
        maxTokens: 9,
        contextLength: 2048,
        thinking: false,
      },
      { canThink: true },
    );
    expect(shortfalls(effects)).toEqual([]);
    expect(request).toEqual({
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.5,
      top_p: 0.9,
      repetition_penalty: 1.1,
      frequency_penalty: 0.2,
      presence_penalty: 0.3,
      seed: 7,
      stop: ['x'],
      max_tokens: 9,
      extra_body: { enable_thinking: false },
    });
  });

  it('warns of what it cannot do and of what it would refuse', () => {
    const { effects } = call([user('Hi')], { topK: 5, minP: 0.1, keepAlive: 1, topP: 0, seed: -1 });
    expect(shortfalls(effects)).toEqual([
      { param: 'topP', outcome: 'sent', requested: 0, adjusted: 0.01 },
      { param: 'topK', outcome: 'ignored', requested: 5 },
      { param: 'minP', outcome: 'ignored', requested: 0.1 },
      { param: 'seed', outcome: 'sent', requested: -1, adjusted: 0 },
      { param: 'keepAlive', outcome: 'ignored', requested: 1 },
    ]);
  });

  it('sends a JSON Schema as a string', () => {
    const format = { type: 'object', properties: {} };
    const { request } = call([user('Hi')], { format });
    expect(request).toHaveProperty('response_format', {
      type: 'json_object',
      schema: JSON.stringify(format),
    });
    expect(call([user('Hi')], { format: 'json' }).request).toHaveProperty('response_format', {
      type: 'json_object',
    });
  });

  it('does not put an empty thought into the prompt of a model that does not think', () => {
    const { request, effects } = call([user('Hi')], { thinking: false });
    expect(request).not.toHaveProperty('extra_body');
    expect(shortfalls(effects)).toEqual([{ param: 'thinking', outcome: 'ignored', requested: false }]);
  });

  it('takes a degree of thinking for yes, and says so', () => {
    const { request, effects } = call([user('Hi')], { thinking: 'low' }, { canThink: true });
    expect(request).toHaveProperty('extra_body.enable_thinking', true);
    expect(shortfalls(effects)).toEqual([
      { param: 'thinking', outcome: 'sent', requested: 'low', adjusted: true },
    ]);
  });

  it('continues a plain text, without what only a chat has', () => {
    const { isChat, request, effects } = call(
      [user('Once'), user('upon $$')],
      { format: 'json', maxTokens: 3 },
      {},
      'plain',
    );
    expect(isChat).toBe(false);
    expect(request).toMatchObject({ prompt: 'Once\n\nupon $$', max_tokens: 3 });
    expect(request).not.toHaveProperty('response_format');
    expect(shortfalls(effects)).toEqual([{ param: 'format', outcome: 'ignored', requested: 'json' }]);
  });
});

describe('what is asked beside the answer', () => {
  it('a grammar takes the place of the format, which is said', () => {
    const params: Params = { format: 'json', grammar: 'root ::= "yes"' };
    const { request, effects } = call([user('Hi')], params);
    expect(request).toMatchObject({ response_format: { type: 'grammar', grammar: 'root ::= "yes"' } });
    expect(shortfalls(effects)).toEqual([{ param: 'format', outcome: 'ignored', requested: 'json' }]);
  });

  it('probabilities are asked for by two fields, at most five alternatives', () => {
    const { request, effects } = call([user('Hi')], { topLogprobs: 9 });
    expect(request).toMatchObject({ logprobs: true, top_logprobs: 5 });
    expect(shortfalls(effects)).toEqual([
      { param: 'topLogprobs', outcome: 'sent', requested: 9, adjusted: 5 },
    ]);
    expect(call([user('Hi')]).request).not.toHaveProperty('logprobs');
  });
});
