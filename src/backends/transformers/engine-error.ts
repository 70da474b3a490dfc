/** What Transformers.js and ONNX Runtime throw, as a BackendError with a next step. */
import { BackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';
import { memoryRanOut, stoppedWorking } from '../shared/engine-failures';

const outOfMemory =
  /out of memory|bad_alloc|allocat|memory access out of bounds|Array buffer allocation|Invalid typed array length|OOM/i;

export function explainLoadFailure({ label }: LocalModel, thrown: unknown): BackendError {
  if (thrown instanceof BackendError) return thrown;
  const said = wordsOf(thrown);
  const detail = { said };
  if (/no available backend|Failed to get GPU adapter/i.test(said)) {
    return new BackendError('unsupported-environment', 'The graphics card could not be used.', {
      ...detail,
      hint: 'Load the model on the processor instead.',
    });
  }
  if (outOfMemory.test(said)) return memoryRanOut(detail, thrown);
  if (
    /not a registered function\/op|No Op registered|NOT_IMPLEMENTED|Could not find an implementation|Unsupported model IR/i.test(
      said,
    )
  ) {
    return new BackendError(
      'load-failed',
      `${label} uses an operator that the engine in the page does not know.`,
      { ...detail, hint: 'Choose another build of this model.' },
      thrown,
    );
  }
  if (
    /Unsupported model type|Unknown model class|Could not locate|tokenizer_class|Unsupported|404/i.test(said)
  ) {
    return new BackendError(
      'load-failed',
      `The engine in the page cannot run a model of the kind of ${label}, or one of its files is missing.`,
      { ...detail, hint: 'Choose another model or build.' },
      thrown,
    );
  }
  return new BackendError(
    'load-failed',
    `The engine could not read ${label}: a file is damaged, or of a kind it does not know.`,
    {
      ...detail,
      hint: 'The files were checked again. Load the model again; what was damaged is fetched anew.',
      isFileDamaged: true,
    },
    thrown,
  );
}

export function explainAnswerFailure(thrown: unknown): BackendError {
  if (thrown instanceof BackendError) return thrown;
  const said = wordsOf(thrown);
  if (outOfMemory.test(said)) return memoryRanOut({ said }, thrown);
  return stoppedWorking(said, thrown);
}

/** ONNX Runtime throws bare numbers where its own memory is exhausted. */
function wordsOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === 'number' ? `out of memory (${thrown})` : String(thrown);
}
