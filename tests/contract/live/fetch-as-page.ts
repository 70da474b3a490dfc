/** `fetch` as a page of an origin sees it: a reply that does not allow the origin is a failure without a word. */

export function fetchAsPage(origin: string): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init?.headers)), origin },
    });
    const allowed = response.headers.get('access-control-allow-origin');
    if (allowed === '*' || allowed === origin) return response;
    await response.body?.cancel();
    throw new TypeError('Failed to fetch');
  };
}
