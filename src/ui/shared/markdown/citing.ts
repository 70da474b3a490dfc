/** How numbers in brackets are drawn where they cite something; absent where they are mere text. */
import { createContext, type Snippet } from 'svelte';

export interface Citing {
  /** Numbers from 1 to this one cite something. */
  readonly last: number;
  /** Draws one citation. */
  readonly mark: Snippet<[number: number]>;
}

/** A function, so that it may change while a text is shown. */
export const [useCiting, provideCiting] = createContext<() => Citing | undefined>();
