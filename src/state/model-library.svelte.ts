/**
 * The models that run in this page: those whose files our own origin has, and those kept in this browser.
 * The shelf that the engines take their files from.
 */
import type { RelayConfig } from '../../relay/contract';
import type { LoadProgress } from '../core/backend';
import type { LocalEngine, LocalModel } from '../core/local-model';
import type { ModelShelf, OpenedModel } from '../core/model-shelf';
import type { ModelDownload } from '../models/download/model-download';
import type { ModelDownloads } from '../models/download/model-downloads';
import { hasKeptModels } from '../models/store/has-kept-models';

export class ModelLibrary implements ModelShelf {
  /** Everything that is in this browser, wholly or in part, and what is on its way. */
  downloads = $state.raw<readonly ModelDownload[]>([]);
  /** Models whose files our own origin serves. */
  near = $state.raw<readonly LocalModel[]>([]);
  /** Asked for files before the hub. */
  mirror: string | undefined;
  #opened: Promise<ModelDownloads> | undefined;

  /** Takes over what the relay says; what it said before stays while it does not answer. */
  offer({ localModels, modelMirror }: Pick<RelayConfig, 'localModels' | 'modelMirror'>): void {
    this.near = localModels;
    this.mirror = modelMirror;
  }

  /** Looks at what is kept in this browser, if anything ever was. */
  async look(): Promise<void> {
    if (this.#opened || (await hasKeptModels())) await this.downloader();
  }

  /** Looks once at what is kept in this browser; the code for it is fetched by this. */
  downloader(): Promise<ModelDownloads> {
    this.#opened ??= this.#open();
    // A chunk that failed to load may load the next time.
    this.#opened.catch(() => (this.#opened = undefined));
    return this.#opened;
  }

  models(engine: LocalEngine): readonly LocalModel[] {
    const kept = this.downloads.filter(({ state }) => state === 'ready').map(({ model }) => model);
    const here = [...this.near, ...kept].filter((model) => model.engine === engine);
    return here.filter(({ id }, index) => here.findIndex((other) => other.id === id) === index);
  }

  async open(
    model: LocalModel,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<OpenedModel> {
    return (await this.downloader()).open(model, onProgress, signal);
  }

  /** All of it is in this browser and was checked. */
  isReady({ engine, id }: LocalModel): boolean {
    return this.downloads.some(
      ({ model, state }) => model.engine === engine && model.id === id && state === 'ready',
    );
  }

  async recheck(model: LocalModel): Promise<void> {
    await (await this.downloader()).recheck(model);
  }

  async #open(): Promise<ModelDownloads> {
    const { ModelDownloads } = await import('../models/download/model-downloads');
    const downloads = new ModelDownloads();
    downloads.onChange((states) => (this.downloads = states));
    await downloads.ready;
    return downloads;
  }
}
