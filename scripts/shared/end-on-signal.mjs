/** Makes Ctrl-C and SIGTERM run the `exit` listeners, by which child processes are ended. */

/** @returns {() => void} gives the signals back, for example to a server that ends by itself */
export function endOnSignal() {
  const interrupted = () => process.exit(130);
  const terminated = () => process.exit(143);
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', terminated);
  return () => {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', terminated);
  };
}
