/** Makes any backend's stream total: it never throws, ends exactly once, and obeys an abort at once. */
import type { Backend, ChatRequest } from './backend';
import { BackendError } from './backend-error';
import type { ChatEvent } from './chat-event';
import { withoutTools } from './tool-turns';

/**
 * The only caller of `Backend.chat`. A throw becomes `stream-error`, an abort `stream-end: aborted`
 * (without waiting for a backend that is slow to notice), a silent end `malformed-stream`. Tools that the backend
 * cannot take are not sent, and `stream-start` says so.
 */
export async function* streamChat(
  backend: Pick<Backend, 'chat' | 'takesTools'>,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
  if (signal.aborted) return yield { type: 'stream-end', reason: 'aborted' };
  let interrupt = (): void => undefined;
  const onAbort = (): void => interrupt();
  signal.addEventListener('abort', onAbort, { once: true });
  let events: AsyncIterator<ChatEvent> | undefined;
  try {
    const takesTools = backend.takesTools === true && request.promptFormat !== 'plain';
    const ignoresTools = !takesTools && (request.tools ?? []).length > 0;
    const sent = takesTools ? request : withoutTools(request);
    events = backend.chat(sent, signal)[Symbol.asyncIterator]();
    for (;;) {
      const next = await nextOr(events, (stop) => (interrupt = stop));
      if (next === 'aborted' || (next.done && signal.aborted)) {
        return yield { type: 'stream-end', reason: 'aborted' };
      }
      if (next.done) return yield { type: 'stream-error', error: silentEnd() };
      yield ignoresTools && next.value.type === 'stream-start' ? { ...next.value, ignoresTools } : next.value;
      if (next.value.type === 'stream-end' || next.value.type === 'stream-error') return;
      if (signal.aborted) return yield { type: 'stream-end', reason: 'aborted' };
    }
  } catch (thrown) {
    if (signal.aborted) yield { type: 'stream-end', reason: 'aborted' };
    else yield { type: 'stream-error', error: BackendError.from(thrown) };
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: an adapter that is stuck in a read must not hold up Stop.
    events?.return?.().catch(() => undefined);
  }
}

/** The next event, or `aborted` as soon as the given function is called. A race would keep every loser alive. */
function nextOr(
  events: AsyncIterator<ChatEvent>,
  onReady: (stop: () => void) => void,
): Promise<IteratorResult<ChatEvent> | 'aborted'> {
  return new Promise((resolve, reject) => {
    onReady(() => resolve('aborted'));
    events.next().then(resolve, reject);
  });
}

function silentEnd(): BackendError {
  return new BackendError(
    'malformed-stream',
    'The answer broke off: the connection closed before the end mark.',
  );
}
