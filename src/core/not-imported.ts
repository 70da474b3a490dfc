/** The error of a file that a person took in and that is not what was exported. */
import { BackendError } from './backend-error';

/** @param why a sentence without its beginning, with its full stop */
export function notImported(why: string): BackendError {
  return new BackendError('bad-request', `This file was not imported: ${why}`, {
    hint: 'Nothing was changed. Export it again where it came from.',
  });
}
