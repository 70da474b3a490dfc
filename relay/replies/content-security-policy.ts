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
  'frame-src': ["'none'"],
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

function join(entries: readonly (readonly [name: string, sources: readonly string[]])[]): string {
  return entries.map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}
