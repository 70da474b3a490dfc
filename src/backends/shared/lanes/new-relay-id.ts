/** An id that nobody guesses, for an answer or a channel: 128 random bits as hex digits. */
export function newRelayId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
