/** Where a passage is from, in words. */
import type { Passage } from '../../../core/retrieval';

type Place = Pick<Passage, 'documentName' | 'page' | 'headings'>;

/** `notes.pdf, page 3`. */
export function placeText({ documentName, page }: Pick<Place, 'documentName' | 'page'>): string {
  return page === undefined ? documentName : `${documentName}, page ${page}`;
}

/** `Prices › Food`; empty where there are none. */
export function headingText({ headings }: Pick<Place, 'headings'>): string {
  return headings.join(' › ');
}
