/** What WebLLM throws, by the names of its error classes, as a BackendError with a next step. */
import { modelVersion } from '@mlc-ai/web-llm';
import { BackendError, type BackendErrorCode } from '../../core/backend-error';
import { deviceLost } from '../shared/device-watch';
import { stoppedWorkingMessage } from '../shared/engine-failures';

interface Explanation {
  readonly code: BackendErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly isFileDamaged?: true;
}

const chooseAnother = 'Choose another build of this model, or another model.';

const lacksFeature: Explanation = {
  code: 'unsupported-environment',
  message: 'This model needs something of the graphics card that this browser does not offer.',
  hint: 'Choose its build for 32-bit floats, with f32 in its name, or another model.',
};
const noWebGpu: Explanation = {
  code: 'unsupported-environment',
  message: 'This browser found no graphics card that WebGPU can use.',
  hint: 'Turn on hardware acceleration, or choose a model that runs on the processor.',
};
const wrongGraphics: Explanation = {
  code: 'unsupported-environment',
  message: 'This browser could not compile a part of the model for the graphics card.',
  hint: 'Update the browser and the graphics driver, or choose a model that runs on the processor.',
};
const notLoaded: Explanation = {
  code: 'load-failed',
  message: 'The model is no longer loaded.',
  hint: 'Send again to load it anew.',
};
const tooLong: Explanation = {
  code: 'context-overflow',
  message: 'The conversation is too long for this model.',
  hint: 'Raise the context length in the settings, shorten the message, or start a new conversation.',
};
const damaged: Explanation = {
  code: 'load-failed',
  message: 'WebLLM could not read this model: a file is damaged, or of a kind it does not know.',
  hint: 'The files were checked again. Load the model again; what was damaged is fetched anew.',
  isFileDamaged: true,
};
const wrongLibrary: Explanation = {
  code: 'load-failed',
  message: 'The library of this model was compiled for another version of WebLLM.',
  hint: `Take its library from the folder ${modelVersion} of WebLLM’s published libraries, or choose another model.`,
};
const wrongBuild: Explanation = {
  code: 'load-failed',
  message: 'This build of the model is not one that WebLLM can load.',
  hint: chooseAnother,
};
const badSettings: Explanation = {
  code: 'bad-request',
  message: 'WebLLM does not take one of the settings.',
};
const badMessages: Explanation = {
  code: 'bad-request',
  message: 'WebLLM cannot answer this conversation as it stands.',
};

/** By `Error.name`, which for one class is not its own name (MissingModelWasmError says MissingModelError). */
const byName: Readonly<Record<string, Explanation>> = {
  ContextWindowSizeExceededError: tooLong,
  EmbeddingExceedContextWindowSizeError: { ...tooLong, message: 'A text is too long for this model.' },
  ShaderF16SupportError: lacksFeature,
  FeatureSupportError: lacksFeature,
  WebGPUNotAvailableError: noWebGpu,
  WebGPUNotFoundError: noWebGpu,
  GPUPipelineError: wrongGraphics,
  ModelNotLoadedError: notLoaded,
  SpecifiedModelNotFoundError: notLoaded,
  WorkerEngineModelNotLoadedError: notLoaded,
  EngineNotLoadedError: notLoaded,
  ConfigurationNotInitializedError: notLoaded,
  IntegrityError: damaged,
  SyntaxError: damaged,
  CompileError: damaged,
  NotReadableError: damaged,
  LinkError: wrongLibrary,
  MissingModelError: wrongBuild,
  MissingModelWasmError: wrongBuild,
  ModelNotFoundError: wrongBuild,
  ArtifactManifestError: wrongBuild,
  UnsupportedTokenizerFilesError: wrongBuild,
  WindowSizeConfigurationError: wrongBuild,
  WindowSizeSpecificationError: wrongBuild,
  AttentionSinkSizeError: wrongBuild,
  EmbeddingSlidingWindowError: wrongBuild,
  EmbeddingChunkingUnsupportedError: wrongBuild,
  IncorrectPipelineLoadedError: {
    code: 'bad-request',
    message:
      'This model was made for something else: a chat model cannot embed, and an embedding model cannot answer.',
  },
  EmbeddingUnsupportedModelError: { code: 'bad-request', message: 'This model cannot embed texts.' },
  EmbeddingInputEmptyError: { code: 'bad-request', message: 'An empty text cannot be embedded.' },
  GrammarMatcherInitError: { code: 'bad-request', message: 'The engine could not use this JSON Schema.' },
  InvalidResponseFormatError: badSettings,
  InvalidResponseFormatGrammarError: badSettings,
  InvalidResponseFormatStructuralTagError: badSettings,
  MinValueError: badSettings,
  NonNegativeError: badSettings,
  InvalidNumberStringError: badSettings,
  DependencyError: badSettings,
  SeedTypeError: badSettings,
  UnsupportedFieldsError: badSettings,
  UnsupportedModelIdError: badSettings,
  MessageOrderError: badMessages,
  SystemMessageOrderError: badMessages,
  ContentTypeError: badMessages,
  UnsupportedRoleError: badMessages,
  UserMessageContentErrorForNonVLM: badMessages,
  UnsupportedContentPartError: badMessages,
  UnsupportedImageURLError: badMessages,
  MultipleTextContentError: badMessages,
  CannotFindImageEmbedError: badMessages,
  PrefillChunkSizeSmallerThanImageError: badMessages,
};

/** For what it throws as a plain Error, and for what the browser throws below it. */
const byWords: readonly (readonly [RegExp, Explanation | 'lost'])[] = [
  [
    /out of memory|allocation failed|invalid array buffer length|device (was |is )?lost|createBuffer/i,
    'lost',
  ],
  [/^Make sure /, badSettings],
  [/compatible GPU|Cannot initialize runtime because of requested/i, noWebGpu],
  [/cannot find (global )?function|unknown function|has no export|is not a function/i, wrongLibrary],
];

/** For a load that threw. A failure of an unknown kind is put down to the files, which are then checked again. */
export function explainLoadFailure(thrown: unknown): BackendError {
  return explain(thrown, damaged);
}

/** For a failure while answering or embedding. */
export function explainAnswerFailure(thrown: unknown): BackendError {
  return explain(thrown, {
    code: 'load-failed',
    message: stoppedWorkingMessage,
  });
}

function explain(thrown: unknown, otherwise: Explanation): BackendError {
  if (thrown instanceof BackendError) return thrown;
  const { name, message: said } = partsOf(thrown);
  if (name === 'DeviceLostError') return deviceLost(said);
  // Words first: RangeError is a class of WebLLM and one of the browser.
  const fitting = byWords.find(([words]) => words.test(said))?.[1];
  if (fitting === 'lost') return deviceLost(said);
  const { code, message, ...rest } = byName[name] ?? fitting ?? otherwise;
  return new BackendError(code, message, { ...rest, ...(said && { said }) }, thrown);
}

/** Errors that crossed a worker border inside WebLLM arrive as the text `Name: message`. */
function partsOf(thrown: unknown): { name: string; message: string } {
  if (thrown instanceof Error && thrown.name !== 'Error') return thrown;
  const text = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : '';
  const [, name, message] = /^([A-Z]\w*Error): ([^]*)$/.exec(text) ?? [];
  return name === undefined ? { name: 'Error', message: text } : { name, message: message ?? '' };
}
