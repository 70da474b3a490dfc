/** The content security policy of the page and of its workers. */

const directives: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'self'"],
  // Engines compile WebAssembly; nothing else may be turned from text into code.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // The in-page engine starts a nested worker from a blob of its own.
  'worker-src': ["'self'", 'blob:'],
  // A person may type the address of any server into Settings.
  'connect-src': ["'self'", 'http:', 'https:', 'blob:'],
  // No remote image: an answer that names one must not be able to send text away.
  'img-src': ["'self'", 'data:', 'blob:'],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  // Of all that the relay serves, only the sandbox for code lets itself be framed.
  'frame-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  // Svelte makes its templates through the first one; the second one names our worker scripts.
  'trusted-types': ['svelte-trusted-html', 'switchyard-worker'],
};

export const contentSecurityPolicy = join(Object.entries(directives));

/**
 * A worker takes its policy from its own script and hands it down to the workers it starts. The in-page engine
 * starts some from `blob:` addresses that it names as plain strings, deep inside code that is not ours, so
 * Trusted Types would stop its threads. A worker has no document that a text could get into.
 */
export const scriptSecurityPolicy = join(
  Object.entries(directives).filter(([name]) => !name.includes('trusted-types')),
);

/**
 * The sandbox turns text into code: that is what it is for. It has an origin of its own, no network, and the page as
 * the only one that may frame it. All but the first and the last stand in the document as well, for servers other
 * than this one.
 */
export const sandboxSecurityPolicy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval'",
  'worker-src blob:',
  "frame-ancestors 'self'",
].join('; ');

function join(entries: readonly (readonly [name: string, sources: readonly string[]])[]): string {
  return entries.map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}
