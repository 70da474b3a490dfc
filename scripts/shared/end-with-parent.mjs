/** Ends this process when npm, which started it, is gone: a signal to npm stops at the shell in between. */
const everyMs = 500;

export function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, everyMs).unref();
}
