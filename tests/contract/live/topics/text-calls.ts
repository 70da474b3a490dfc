/** InstructLab writes a call as text, so it is not told of tools, and that is said before and after. */
import { expect, it } from 'vitest';
import { probeCapability } from '../../../../src/core/probe-capability';
import { collectEvents, terminalOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

const city = { type: 'string', maxLength: 12 };
const weather = {
  name: 'weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city }, required: ['city'] },
};

export const textCalls: LiveTopic = (live) => {
  if (live.kind !== 'instructlab') return;

  it('declares that it calls no tools, and a probe agrees', async () => {
    const model = await live.backend().inspect?.(live.modelId(), never);
    expect(model?.capabilities).toMatchObject({ tools: false, json: true, logprobs: false });
    const probed = await probeCapability(live.backend(), live.modelId(), 'tools', never);
    expect(probed).toMatchObject({ outcome: 'no' });
  });

  it('answers without tools, and says so', async () => {
    const events = await collectEvents(live.backend(), live.ask('Hi.', { tools: [weather] }));
    expect(events[0]).toMatchObject({ type: 'stream-start', ignoresTools: true });
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
  });

  it('calls the one tool that is named', async () => {
    const extra = { tool_choice: { type: 'function', function: { name: 'weather' } } };
    const question = live.ask('How is the weather in Paris?', {
      tools: [weather],
      params: { extra, maxTokens: 60 },
    });
    const events = await collectEvents(live.backend(), question);
    expect(events[0]).not.toHaveProperty('ignoresTools');
    const call = events.find((event) => event.type === 'tool-call');
    expect(call).toMatchObject({ name: 'weather' });
    expect(Object.keys(JSON.parse(call?.arguments ?? '{}') as object)).toEqual(['city']);
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'tool-calls' });
  });
};
