import { randomHex } from '../platform/random-hex';

/** The id of a new row. */
export function newId(): string {
  return randomHex(12);
}
