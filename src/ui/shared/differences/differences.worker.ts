/** Finds differences off the page's thread: long answers take a while. */
import { differencesOf } from '../../../compare/differences/differences';
import type { DifferencesMessage, DifferencesReply } from './differences-protocol';

self.onmessage = ({ data: { id, request } }: MessageEvent<DifferencesMessage>): void => {
  self.postMessage({ id, differences: differencesOf(request) } satisfies DifferencesReply);
};
