/** The shape of `catalogue.json`: good open models, and the builds of each that an engine in the page can run. */
import type { Capability } from '../../core/backend';
import type { EmbeddingRecipe, LocalEngine, ModelShape } from '../../core/local-model';
import type { Params } from '../../core/params';

export interface CatalogueModel {
  /** Lower case, unique: `qwen3-0.6b`. */
  readonly id: string;
  readonly label: string;
  /** `Qwen`, `Llama`, `Gemma`, … */
  readonly family: string;
  /** All weights, embeddings included. */
  readonly parameters: number;
  /** SPDX, or the licence's own short name. */
  readonly license: string;
  /** Tokens that it was trained for. */
  readonly contextLength: number;
  /** What its builds can do here: a model that sees, but only in builds of other programs, does not see. */
  readonly capabilities: readonly Capability[];
  /** Absent for embedding models, which keep no cache, and where layers differ in what they keep. */
  readonly shape?: ModelShape;
  readonly embedding?: EmbeddingRecipe;
  /** One sentence for choosing: what it is good at. */
  readonly summary: string;
  readonly suggestedParams?: Params;
  readonly builds: readonly CatalogueBuild[];
}

export interface CatalogueBuild {
  readonly engine: LocalEngine;
  /** `owner/name` on the hub. */
  readonly repository: string;
  /** Commit or branch. */
  readonly revision: string;
  readonly quantization: string;
  /** Download size. Asked anew of the hub before a download starts. */
  readonly bytes: number;
  /** False where the figure is rounded or computed, so it is shown with `≈`. */
  readonly isExact: boolean;
  /**
   * The weights inside the repository: one GGUF (its first part where it is split), or one ONNX graph.
   * Absent for WebLLM, whose repositories hold one build each.
   */
  readonly file?: string;
  /** Lower-case hex of `file`, where known. */
  readonly sha256?: string;
  /** WebLLM only: the compiled library's address. */
  readonly library?: string;
  /** The graphics card must have 16-bit floats in shaders. */
  readonly needsF16?: boolean;
}
