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

export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, sources]) => [name, ...sources].join(' '))
  .join('; ');
