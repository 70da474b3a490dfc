/** The text that is being streamed, as state. */
export const feed = $state({ text: '', isStreaming: true });
