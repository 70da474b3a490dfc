/** Why a server made no vectors, worded for texts and vectors instead of conversations. */
import { BackendError } from '../../core/backend-error';
import type { ServerConnection, ServerKind } from '../../core/connection';

const hints: Readonly<Record<ServerKind, string>> = {
  ollama: 'Choose an embedding model; “ollama pull nomic-embed-text” gets one.',
  vllm: 'Start vLLM with an embedding model.',
  instructlab: 'InstructLab serves models that chat only. Choose another server, or a model in this page.',
  llamacpp: 'Start it with --embeddings and an embedding model.',
  openai: 'Choose an embedding model, or another server.',
};

/** @returns what to throw: anything that is not about vectors comes back as it is */
export function embedFailure(thrown: unknown, { kind, label }: ServerConnection): unknown {
  if (!(thrown instanceof BackendError)) return thrown;
  const { code, detail, cause } = thrown;
  // llama.cpp pools a text as a whole, so its batch, not only its window, must hold the longest one.
  if (code === 'context-overflow' || /too large to process/i.test(detail.said ?? '')) {
    const message = `A text is longer than the model at ${label} can read at once.`;
    const hint = 'Make vectors of shorter pieces, or start the server with a larger window.';
    return new BackendError('context-overflow', message, { ...detail, hint }, cause);
  }
  if (!hasNoVectors(thrown)) return thrown;
  const message = `${label} makes no vectors for search with this model.`;
  return new BackendError('bad-request', message, { ...detail, hint: hints[kind] }, cause);
}

/** vLLM has no such path (404), llama-cpp-python fails (500), llama.cpp says that it does not (501), each when not set up for it. */
function hasNoVectors({ code, detail: { status, said = '' } }: BackendError): boolean {
  if (code === 'model-not-found') return false;
  if (status === 501 || status === 404 || status === 405) return true;
  return /embedding=True|(does not|doesn't|not) support(ed)? embed|pooling type 'none'/i.test(said);
}
