/** An async iterable that is filled from outside: pushes in, `for await` out. */

export interface PushQueue<Item> extends AsyncIterable<Item> {
  push(items: readonly Item[]): void;
  end(): void;
  /** Items that came before are still delivered. */
  fail(error: Error): void;
}

/** For one reader. */
export function createPushQueue<Item>(): PushQueue<Item> {
  let items: Item[] = [];
  let ending: { readonly error?: Error } | undefined;
  let wake = (): void => undefined;

  async function* read(): AsyncGenerator<Item, void, undefined> {
    for (;;) {
      const ready = items;
      items = [];
      yield* ready;
      if (items.length > 0) continue;
      if (ending?.error) throw ending.error;
      if (ending) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  function finish(how: { readonly error?: Error }): void {
    ending ??= how;
    wake();
  }

  return {
    [Symbol.asyncIterator]: read,
    push(more) {
      if (ending) return;
      items.push(...more);
      wake();
    },
    end: () => finish({}),
    fail: (error) => finish({ error }),
  };
}
