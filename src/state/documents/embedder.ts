/** Texts → vectors by the model of a collection, whichever backend runs it. */
import type { Backend } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import { isLocal } from '../../core/connection';
import { type EmbeddingChoice, vectorModel } from '../../core/document';
import { unrelatedQuestions } from '../../documents/search/unrelated-questions';
import { without } from '../../platform/without';
import type { DocumentsHost } from './documents-host';
import { embedAll, type MadeVectors } from './embed-all';
import { prefixesOf } from './embedding-prefixes';

export class Embedder {
  readonly #backends: DocumentsHost['backends'];
  /** By model. */
  readonly #unrelated = new Map<string, Promise<readonly Float32Array[] | undefined>>();

  constructor(backends: DocumentsHost['backends']) {
    this.#backends = backends;
  }

  isRemote({ backendId }: EmbeddingChoice): boolean {
    const entry = this.#backends.entry(backendId);
    return entry !== undefined && !isLocal(entry.connection);
  }

  /** The backend tells another digest than when the model was chosen. @throws the signal's reason */
  async isOtherBuild({ backendId, modelId, digest }: EmbeddingChoice, signal: AbortSignal): Promise<boolean> {
    await this.#lookOnce(backendId, signal);
    const now = this.#currentDigest({ backendId, modelId });
    return digest !== undefined && now !== undefined && now !== digest;
  }

  /** The same model as the backend has it now. */
  renewed(choice: EmbeddingChoice): EmbeddingChoice {
    const digest = this.#currentDigest(choice);
    return { ...without(choice, 'digest', 'dimensions'), ...(digest !== undefined && { digest }) };
  }

  /** Undefined where the backend does not tell, or is not there. */
  #currentDigest({ backendId, modelId }: Pick<EmbeddingChoice, 'backendId' | 'modelId'>): string | undefined {
    return this.#backends.entry(backendId)?.models.find(({ id }) => id === modelId)?.digest;
  }

  /** Of passages. @throws BackendError */
  async embedPassages(
    choice: EmbeddingChoice,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<MadeVectors> {
    const { passage } = prefixesOf(choice.modelId);
    return this.#embed(
      choice,
      texts.map((text) => passage + text),
      signal,
    );
  }

  /** Of what is searched for. @throws BackendError */
  async embedQuestion(choice: EmbeddingChoice, text: string, signal: AbortSignal): Promise<Float32Array> {
    const { question } = prefixesOf(choice.modelId);
    const { vectors } = await this.#embed(choice, [question + text], signal);
    const [vector] = vectors;
    if (!vector) throw wrongVectors(choice);
    return vector;
  }

  /** Of questions on anything, made once; undefined where they could not be made, and can be asked for again. */
  unrelated(choice: EmbeddingChoice, signal: AbortSignal): Promise<readonly Float32Array[] | undefined> {
    const model = vectorModel(choice);
    const known = this.#unrelated.get(model);
    if (known) return known;
    const { question } = prefixesOf(choice.modelId);
    const texts = unrelatedQuestions.map((text) => question + text);
    const made = this.#embed(choice, texts, signal).then(
      ({ vectors }) => vectors,
      () => {
        this.#unrelated.delete(model);
        return undefined;
      },
    );
    this.#unrelated.set(model, made);
    return made;
  }

  async #embed(choice: EmbeddingChoice, texts: readonly string[], signal: AbortSignal): Promise<MadeVectors> {
    await this.#lookOnce(choice.backendId, signal);
    const backend = await this.#backends.backend(choice.backendId);
    const { embed } = backend;
    if (!embed) throw cannotEmbed(backend);
    const made = await embedAll((some) => embed.call(backend, some, choice.modelId, signal), texts, signal);
    const lengths = new Set(made.vectors.map(({ length }) => length));
    if (made.vectors.length !== texts.length || lengths.size > 1 || lengths.has(0))
      throw wrongVectors(choice);
    return made;
  }

  /** A page that was just opened does not know its backends yet. */
  async #lookOnce(backendId: string, signal: AbortSignal): Promise<void> {
    const { state } = this.#backends.entry(backendId) ?? {};
    if (state === undefined || state === 'checking') await this.#backends.refresh(signal);
  }
}

function cannotEmbed({ label }: Backend): BackendError {
  return new BackendError('bad-request', `${label} makes no vectors for search.`, {
    hint: 'Choose another embedding model for this collection.',
  });
}

function wrongVectors({ modelLabel }: EmbeddingChoice): BackendError {
  const message = `${modelLabel} did not give one vector of the same length for each text.`;
  return new BackendError('malformed-stream', message, {
    hint: 'Choose another embedding model for this collection.',
  });
}
