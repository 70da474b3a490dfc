/** The failure of a file that cannot become text. The others go on. */
import { BackendError } from '../../core/backend-error';

/** @param message a sentence that names the file; @param hint what to do instead */
export function unreadable(message: string, hint?: string, cause?: unknown): BackendError {
  const said = cause instanceof Error && cause.message !== '' ? { said: cause.message } : {};
  return new BackendError(
    'unreadable-document',
    message,
    hint === undefined ? said : { ...said, hint },
    cause,
  );
}
