/** Whether this browser brings a model along, and in which state it is. */
import { BackendError } from '../../core/backend-error';
import { builtInAvailability } from '../../platform/built-in-model';

export type LanguageModelFactory = typeof LanguageModel;

/** Missing in most browsers, and in every worker. */
function findLanguageModel(): LanguageModelFactory | undefined {
  return typeof LanguageModel === 'undefined' ? undefined : LanguageModel;
}

export interface UsableModel {
  readonly factory: LanguageModelFactory;
  readonly state: Exclude<Availability, 'unavailable'>;
}

/** @throws BackendError `unsupported-environment`, or the signal's reason */
export async function usableModel(signal: AbortSignal): Promise<UsableModel> {
  signal.throwIfAborted();
  const factory = findLanguageModel();
  if (!factory) throw noModel();
  const state = await builtInAvailability();
  signal.throwIfAborted();
  if (state === 'unavailable') throw notHere();
  return { factory, state };
}

function noModel(): BackendError {
  return new BackendError('unsupported-environment', 'This browser brings no language model along.', {
    hint: 'Chrome from version 148 does on a desktop computer. Or choose a model in this page or on a server.',
  });
}

function notHere(): BackendError {
  return new BackendError(
    'unsupported-environment',
    'This browser knows a language model of its own, but says that it cannot run here.',
    {
      hint: 'It needs 22 GB of free disk and a graphics card with more than 4 GB, or 16 GB of memory and 4 processor cores. Or choose a model in this page.',
    },
  );
}
