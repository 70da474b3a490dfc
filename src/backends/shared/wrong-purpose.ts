/** A model for search is asked to chat, or the other way round. */
import { BackendError } from '../../core/backend-error';

export function onlyEmbeds(): BackendError {
  return new BackendError('bad-request', 'This model makes vectors for search; it does not chat.', {
    hint: 'Choose a model that chats.',
  });
}

export function onlyChats(): BackendError {
  return new BackendError('bad-request', 'This model chats; it makes no vectors for search.', {
    hint: 'Choose an embedding model.',
  });
}
