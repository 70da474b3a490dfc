/** The tiny model for tests in the browser: as it is, patched byte by byte, or cut. */
import { createWllama } from '../../../src/backends/wllama/index';
import type { Backend } from '../../../src/core/backend';
import type { ChatEvent } from '../../../src/core/chat-event';
import type { ChatMessage } from '../../../src/core/chat-message';
import type { LocalModel, ModelFile } from '../../../src/core/local-model';
import type { Params } from '../../../src/core/params';
import { streamChat } from '../../../src/core/stream-chat';
import { contextWith, memoryShelf } from './memory-shelf';
import tinyUrl from '../../fixtures/tiny-model/tiny-q8_0.gguf?url';

export const tinyBytes = 398_784;
/** Longer than the 1 024 tokens of its context window by far. */
export const longPrompt = 'count to ten '.repeat(600);

/** Every test gets a model of its own name. */
export function tinyModel(file: Partial<ModelFile> = {}, changes: Partial<LocalModel> = {}): LocalModel {
  const id = `tiny-${crypto.randomUUID()}`;
  const files = [{ path: 'tiny.gguf', sources: [tinyUrl], bytes: tinyBytes, ...file }];
  return { id, engine: 'wllama', label: 'Tiny', files, ...changes };
}

export function tinyBackend(...models: LocalModel[]): Backend {
  return createWllama(contextWith(memoryShelf(...models)));
}

export async function tinyContent(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(tinyUrl)).arrayBuffer());
}

/** A model of these bytes, served from a `blob:` address. */
export function modelOf(content: BlobPart): LocalModel {
  const blob = new Blob([content]);
  return tinyModel({ sources: [URL.createObjectURL(blob)], bytes: blob.size });
}

/** Replaces a text inside the GGUF by one of the same length, so that no offset changes. */
export async function patchedTiny(from: string, to: string): Promise<LocalModel> {
  const content = await tinyContent();
  const [found, wanted] = [new TextEncoder().encode(from), new TextEncoder().encode(to)];
  if (found.length !== wanted.length) throw new Error(`${found.length} bytes became ${wanted.length}`);
  const at = content.findIndex((_, index) => found.every((byte, offset) => content[index + offset] === byte));
  if (at < 0) throw new Error(`The model does not contain ${from}`);
  content.set(wanted, at);
  return modelOf(content);
}

export function user(text: string): ChatMessage {
  return { role: 'user', text };
}

export interface Answer {
  readonly events: readonly ChatEvent[];
  readonly text: string;
  readonly reasoning: string;
  readonly last: ChatEvent | undefined;
}

/** @param onEvent for tests that act in the middle of a stream */
export async function ask(
  backend: Backend,
  modelId: string,
  prompt: string | readonly ChatMessage[],
  params: Params = {},
  { signal = new AbortController().signal, onEvent = (_event: ChatEvent) => {}, plain = false } = {},
): Promise<Answer> {
  const messages = typeof prompt === 'string' ? [user(prompt)] : prompt;
  const promptFormat = plain ? 'plain' : 'chat';
  const events: ChatEvent[] = [];
  for await (const event of streamChat(backend, { modelId, messages, params, promptFormat }, signal)) {
    events.push(event);
    onEvent(event);
  }
  const join = (type: 'text-delta' | 'reasoning-delta') =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  return { events, text: join('text-delta'), reasoning: join('reasoning-delta'), last: events.at(-1) };
}

export function never(): AbortSignal {
  return new AbortController().signal;
}
