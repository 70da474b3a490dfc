/** Finds out by a tiny request whether a model can do a thing. Loads the model, so only a person asks for it. */
import type { Backend, Capability, ChatRequest } from './backend';
import { BackendError } from './backend-error';
import type { ChatEvent, StreamEnd } from './chat-event';
import { streamChat } from './stream-chat';

export type ProbeOutcome = 'yes' | 'no' | 'undecided';

export interface ProbeResult {
  readonly outcome: ProbeOutcome;
  /** What happened, as a sentence for a person. */
  readonly seen: string;
  /** The context window that the server reported meanwhile, in tokens. */
  readonly contextLength?: number;
}

/** 64 × 64 pixels of one red: some models refuse a picture that is smaller than one of their patches. */
const redSquare =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAMAAACdt4HsAAAAA1BMVEXcHh4Np/MyAAAAG0lEQVR42u3BgQAAAADDoPlT3+AEVQEAAAB8AxBAAAG9PLePAAAAAElFTkSuQmCC';

/** Never throws, except when aborted. */
export async function probeCapability(
  backend: Backend,
  modelId: string,
  capability: Capability,
  signal: AbortSignal,
): Promise<ProbeResult> {
  try {
    return await probes[capability]({ backend, modelId, signal });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return refusal(BackendError.from(thrown));
  }
}

interface Probing {
  readonly backend: Backend;
  readonly modelId: string;
  readonly signal: AbortSignal;
}

const probes: Readonly<Record<Capability, (probing: Probing) => Promise<ProbeResult>>> = {
  async chat(probing) {
    const { text, reasoning, end } = await ask(probing, 'Say hello.');
    const said = text || reasoning;
    return said ? yes(`It answered “${short(said)}”.`, end) : undecided('It answered without a word.', end);
  },

  async vision(probing) {
    const question = 'Which colour is this? One word.';
    const blind = await ask(probing, question);
    const image = { mediaType: 'image/png', base64: redSquare };
    const { text, end } = await ask(probing, question, {}, { images: [image] });
    const added = (end?.usage?.promptTokens ?? NaN) - (blind.end?.usage?.promptTokens ?? NaN);
    if (Number.isNaN(added)) {
      return undecided(`It answered “${short(text)}”, but no count tells whether it saw the picture.`, end);
    }
    // A server may drop the picture and answer all the same; one that was read takes its place in the prompt.
    return added > 0
      ? yes(`The picture became ${added} tokens of the prompt; it answered “${short(text)}”.`, end)
      : no('The picture was accepted, but added nothing to the prompt.', end);
  },

  async tools(probing) {
    const colour = { type: 'string', description: 'The colour' };
    const parameters = { type: 'object', properties: { colour }, required: ['colour'] };
    const tool = { name: 'set_colour', description: 'Sets the colour of the lamp.', parameters };
    const { events, end, text } = await ask(
      probing,
      'Call the tool set_colour with the colour red. Answer with the call only.',
      { maxTokens: 96 },
      { tools: [tool] },
    );
    if (events.some((event) => event.type === 'stream-start' && event.ignoresTools)) {
      return no('The server knows that this model takes no tools.', end);
    }
    const call = events.find((event) => event.type === 'tool-call');
    return call
      ? yes(`It called ${call.name} with ${short(call.arguments)}.`, end)
      : undecided(`It was told of a tool and wrote “${short(text)}” instead of calling it.`, end);
  },

  async thinking(probing) {
    const { reasoning, end } = await ask(probing, 'What is 4 + 4?', { thinking: true, maxTokens: 64 });
    return reasoning
      ? yes(`It thought “${short(reasoning)}”.`, end)
      : undecided('It took the wish to think, but no thought came.', end);
  },

  async json(probing) {
    const format = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] };
    const { text, end } = await ask(probing, 'Is the sky blue?', { format, maxTokens: 48 });
    if (holdsOk(text)) return yes(`It kept to the schema: ${short(text)}`, end);
    return end?.reason === 'length'
      ? undecided(`The answer did not end in time: “${short(text)}”.`, end)
      : no(`It answered “${short(text)}”, which is not what the schema asks for.`, end);
  },

  async logprobs(probing) {
    const { events, end } = await ask(probing, 'Say hello.', { topLogprobs: 1 });
    const token = events.find((event) => event.type === 'token-probabilities')?.tokens[0];
    return token
      ? yes(`“${short(token.text)}” had a probability of ${token.probability.toFixed(2)}.`, end)
      : no('The answer came without probabilities.', end);
  },

  async embedding({ backend, modelId, signal }) {
    if (!backend.embed) return no('This backend has no way to make vectors.');
    const [vector] = await backend.embed(['hello'], modelId, signal);
    return vector && vector.length > 0
      ? yes(`It made a vector of ${vector.length} numbers.`)
      : no('It answered without a vector.');
  },
};

interface Asked {
  readonly text: string;
  readonly reasoning: string;
  readonly events: readonly ChatEvent[];
  readonly end: StreamEnd | undefined;
}

/** @throws BackendError */
async function ask(
  { backend, modelId, signal }: Probing,
  text: string,
  params: ChatRequest['params'] = {},
  more: Pick<ChatRequest, 'tools'> & Pick<ChatRequest['messages'][number], 'images'> = {},
): Promise<Asked> {
  const { tools, images } = more;
  const request: ChatRequest = {
    modelId,
    messages: [{ role: 'user', text, ...(images && { images }) }],
    params: { temperature: 0, maxTokens: 16, ...params },
    ...(tools && { tools }),
  };
  const asked = { text: '', reasoning: '', events: new Array<ChatEvent>() };
  let end: StreamEnd | undefined;
  for await (const event of streamChat(backend, request, signal)) {
    asked.events.push(event);
    if (event.type === 'stream-error') throw event.error;
    if (event.type === 'stream-end') end = event;
    if (event.type === 'text-delta') asked.text += event.text;
    if (event.type === 'text-reset') asked.text = '';
    if (event.type === 'reasoning-delta') asked.reasoning += event.text;
  }
  signal.throwIfAborted();
  return { ...asked, end };
}

/** Only a refusal of this very request says no; a server that is down or busy says nothing of the model. */
function refusal({ code, message, detail }: BackendError): ProbeResult {
  const seen = detail.said === undefined ? message : `${message} It said: ${short(detail.said)}`;
  return { outcome: code === 'bad-request' ? 'no' : 'undecided', seen };
}

const yes = told('yes');
const no = told('no');
const undecided = told('undecided');

function told(outcome: ProbeOutcome): (seen: string, end?: StreamEnd) => ProbeResult {
  return (seen, end) => ({
    outcome,
    seen,
    ...(end?.contextLength !== undefined && { contextLength: end.contextLength }),
  });
}

function holdsOk(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
  } catch {
    return false;
  }
}

function short(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
