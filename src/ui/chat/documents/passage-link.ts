/** Where a passage can be read in its document: here, or elsewhere. */
import type { Passage } from '../../../core/retrieval';
import { safeLink } from '../../shared/markdown/safe-link';

export interface PassageLink {
  readonly href: string;
  /** On a server: it opens beside this page. */
  readonly isElsewhere: boolean;
  /** The host, for one that is elsewhere. */
  readonly destination: string;
}

export function passageLink({ collectionId, documentId, start, end, url }: Passage): PassageLink | undefined {
  if (documentId !== undefined) {
    const range = start === undefined || end === undefined ? '' : `?from=${start}&until=${end}`;
    const path = [collectionId, documentId].map(encodeURIComponent).join('/');
    return { href: `#/documents/${path}${range}`, isElsewhere: false, destination: '' };
  }
  const link = url === undefined ? undefined : safeLink(url, true);
  return link && { ...link, isElsewhere: true };
}
