/** The model that the browser itself brings along: Chrome's Prompt API. */
import type { Backend, ChatRequest, LoadedModel, LoadProgress } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ChatEvent } from '../../core/chat-event';
import { textOnly } from '../../platform/built-in-model';
import { continueAnswer } from '../shared/continue-answer';
import { emulateStop } from '../shared/emulate-stop';
import { planConversation } from './conversation-plan';
import { type UsableModel, usableModel } from './language-model';
import { promptApiParams } from './params';
import { explainPromptFailure } from './prompt-error';
import { SessionKeeper } from './session-keeper';
import { streamAnswer, type StreamedAnswer } from './stream-answer';

const modelId = 'built-in';
/** It chooses by itself and does not say. */
const placeUnknown =
  'The browser does not tell whether its model runs on the graphics card or the processor.';

/** Runs on the page's main thread: workers do not have it. */
export function createPromptApi(): Backend {
  const sessions = new SessionKeeper();
  let isCold = false;

  async function load(
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    if (sessions.base) return loadedModel(sessions.base);
    const model = await usableModel(signal);
    if (model.state !== 'available' && !isAfterClick()) throw notDownloaded();
    const startedAt = performance.now();
    let filesAt = startedAt;
    const session = await create(model, signal, (progress) => {
      filesAt = performance.now();
      onProgress(progress);
    });
    sessions.keepBase(session);
    isCold = true;
    const timings = { filesMs: filesAt - startedAt, initializeMs: performance.now() - filesAt };
    return { ...loadedModel(session), timings };
  }

  async function* answer(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const plan = planConversation(request);
    const model = await usableModel(signal);
    // A download starts where it is asked for, never behind a question.
    if (model.state !== 'available') throw notDownloaded();
    yield { type: 'stream-start', modelId, effects: plan.effects, ...(isCold && { isCold }) };
    isCold = false;
    const session = await sessions.take(model.factory, plan, signal);
    const said: StreamedAnswer = { isWhole: false, text: '' };
    try {
      yield* streamAnswer(session, plan, said, signal);
    } finally {
      sessions.giveBack(session, plan, said.isWhole ? said.text : undefined);
    }
  }

  return {
    id: 'prompt-api',
    label: 'Built into this browser',
    params: promptApiParams,

    async probe(signal) {
      try {
        await usableModel(signal);
        return { state: 'ready' };
      } catch (thrown) {
        signal.throwIfAborted();
        return { state: 'unavailable', error: BackendError.from(thrown) };
      }
    },
    async listModels(signal) {
      await usableModel(signal);
      return [
        {
          id: modelId,
          label: 'The browser’s own model',
          isLoaded: sessions.base !== undefined,
          capabilities: { chat: true, vision: false, tools: false, thinking: false, embedding: false },
          ...(sessions.base && { contextLength: sessions.base.contextWindow }),
        },
      ];
    },
    async load(request, onProgress, signal) {
      requireKnown(request.modelId);
      return explained(signal, () => load(onProgress, signal));
    },
    unload() {
      sessions.unload();
      return Promise.resolve();
    },
    async *chat(request, signal) {
      requireKnown(request.modelId);
      try {
        const chat = (asked: ChatRequest, stop: AbortSignal) =>
          emulateStop(answer(asked, stop), asked.params.stop);
        yield* continueAnswer(chat, request, 'by asking', signal);
      } catch (thrown) {
        if (signal.aborted) yield { type: 'stream-end', reason: 'aborted' };
        else throw explainPromptFailure(thrown);
      }
    },
    dispose() {
      sessions.end();
      return Promise.resolve();
    },
  };
}

function create(
  { factory, state }: UsableModel,
  signal: AbortSignal,
  onDownload: (progress: LoadProgress) => void,
): Promise<LanguageModel> {
  return factory.create({
    ...textOnly,
    signal,
    monitor(monitor) {
      // A model that is there already reports a download, too.
      if (state === 'available') return;
      monitor.addEventListener('downloadprogress', ({ loaded, total }) => {
        // A share of one, not bytes: the browser does not tell its model's size.
        onDownload({ phase: 'download', loaded, total });
      });
    },
  });
}

function loadedModel({ contextWindow }: LanguageModel): LoadedModel {
  return { modelId, runsOn: 'this-gpu', contextLength: contextWindow, notice: placeUnknown };
}

/** Browsers start the download only in the moments after a click or a key. */
function isAfterClick(): boolean {
  return navigator.userActivation?.isActive ?? true;
}

async function explained<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    signal.throwIfAborted();
    throw explainPromptFailure(thrown);
  }
}

function requireKnown(asked: string): void {
  if (asked === modelId) return;
  throw new BackendError('model-not-found', `The browser brings no model ${asked} along.`);
}

function notDownloaded(): BackendError {
  return new BackendError('load-failed', 'The browser has not downloaded its own model yet.', {
    hint: 'Press Load on the Models screen: the download starts only after a click, and takes several gigabytes.',
  });
}
