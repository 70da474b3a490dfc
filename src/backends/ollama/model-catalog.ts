/** Which models an Ollama server has and what each of them is, from `/api/tags`, `/api/ps` and `/api/show`. */
import type * as v from 'valibot';
import type { ModelInfo } from '../../core/backend';
import type { ServerHttp } from '../shared/http';
import { sha256Of } from '../shared/sha256-of';
import { thinkingControlOf } from './fit-think';
import { leavesLastTurnOpen } from './leaves-last-turn-open';
import { psSchema, showSchema, tagsSchema } from './wire';

type Running = NonNullable<v.InferOutput<typeof psSchema>['models']>[number];

export interface ModelDetails {
  readonly capabilities: ModelInfo['capabilities'];
  /** The window that the model was trained for, in tokens. */
  readonly trainedContextLength?: number;
  readonly hasChatTemplate: boolean;
  /** Whether an answer at the end of a conversation is left open, so that the model goes on with it. */
  readonly continuesTurns: boolean;
  /** The architecture, for example `llama` or `gptoss`. */
  readonly family?: string;
  /** SHA-256 in hex; absent where the model names a renderer instead of bringing a template. */
  readonly templateDigest?: string;
}

export interface LoadedState {
  readonly isLoaded: boolean;
  readonly contextLength?: number;
}

export interface ModelCatalog {
  list(signal: AbortSignal): Promise<ModelInfo[]>;
  /** Asks the server once per model; `isFresh` asks again. @throws BackendError `model-not-found` */
  details(modelId: string, signal: AbortSignal, isFresh?: boolean): Promise<ModelDetails>;
  /** The model as it is in memory; its window may be smaller than asked for, without a sign. */
  loaded(modelId: string, signal: AbortSignal): Promise<LoadedState>;
}

export function createModelCatalog(http: ServerHttp): ModelCatalog {
  const known = new Map<string, ModelDetails>();

  async function running(signal: AbortSignal): Promise<ReadonlyMap<string, InMemory>> {
    const { models } = await http.getJson('/api/ps', psSchema, signal);
    return new Map((models ?? []).map((model) => [model.name, inMemoryOf(model)]));
  }

  return {
    async list(signal) {
      const [{ models }, inMemory] = await Promise.all([
        http.getJson('/api/tags', tagsSchema, signal),
        running(signal),
      ]);
      return (models ?? []).map(({ name, size, digest, details, capabilities }) => {
        // One /api/show per model would be many requests of 20 KB each; only chosen models get one.
        const more = known.get(name);
        return {
          id: name,
          bytes: size,
          quantization: details?.quantization_level,
          thinkingControl: thinkingControlOf(details?.family),
          ...(digest !== undefined && { digest }),
          ...(more?.templateDigest !== undefined && { templateDigest: more.templateDigest }),
          capabilities: capabilities ? capabilitiesFrom(capabilities) : more?.capabilities,
          isLoaded: inMemory.has(name),
          ...inMemory.get(name),
          contextLength:
            inMemory.get(name)?.contextLength ?? details?.context_length ?? more?.trainedContextLength,
        };
      });
    },

    async details(modelId, signal, isFresh = false) {
      const cached = known.get(fullName(modelId));
      if (cached && !isFresh) return cached;
      const shown = await http.postJson('/api/show', { model: modelId }, showSchema, signal);
      const details: ModelDetails = {
        capabilities: shown.capabilities ? capabilitiesFrom(shown.capabilities) : undefined,
        trainedContextLength: trainedContextLength(shown.model_info ?? {}),
        hasChatTemplate: !isBareTemplate(shown.template) || shown.renderer !== '',
        continuesTurns: leavesLastTurnOpen(shown.template, shown.renderer),
        family: shown.details?.family,
        templateDigest: shown.renderer === '' ? await sha256Of(shown.template) : undefined,
      };
      known.set(fullName(modelId), details);
      return details;
    },

    async loaded(modelId, signal) {
      const inMemory = await running(signal);
      const name = fullName(modelId);
      return { isLoaded: inMemory.has(name), contextLength: inMemory.get(name)?.contextLength };
    },
  };
}

type InMemory = Pick<ModelInfo, 'contextLength' | 'loadedUntil' | 'graphicsBytes'>;

function inMemoryOf(model: Running): InMemory {
  const { context_length: contextLength, expires_at: expiresAt, size_vram: graphicsBytes } = model;
  const until = expiresAt === undefined ? NaN : Date.parse(expiresAt);
  return {
    ...(contextLength !== undefined && { contextLength }),
    ...(!Number.isNaN(until) && { loadedUntil: until }),
    ...(graphicsBytes !== undefined && { graphicsBytes }),
  };
}

/** A GGUF without a chat template gets this one from Ollama: the prompt as it is. */
function isBareTemplate(template: string): boolean {
  return /^(\{\{-?\s*\.Prompt\s*-?\}\})?$/.test(template.trim());
}

function fullName(modelId: string): string {
  const lastPart = modelId.slice(modelId.lastIndexOf('/') + 1);
  return lastPart.includes(':') ? modelId : `${modelId}:latest`;
}

/** The key carries the architecture: `llama.context_length`. */
function trainedContextLength(info: Readonly<Record<string, unknown>>): number | undefined {
  const value = Object.entries(info).find(([key]) => key.endsWith('.context_length'))?.[1];
  return typeof value === 'number' ? value : undefined;
}

/** The server gives the whole list, so what is not in it is a known no. */
function capabilitiesFrom(names: readonly string[]): NonNullable<ModelInfo['capabilities']> {
  return {
    chat: names.includes('completion'),
    vision: names.includes('vision'),
    tools: names.includes('tools'),
    thinking: names.includes('thinking'),
    embedding: names.includes('embedding'),
  };
}
