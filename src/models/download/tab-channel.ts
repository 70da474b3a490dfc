/** What tabs tell each other about the models in this browser. */
import type { ModelName } from '../store/model-folder';
import type { ModelDownload } from './model-download';

export type TabMessage =
  /** A tab works on this model. */
  | { readonly type: 'progress'; readonly download: ModelDownload }
  /** What is on disk changed: look again. */
  | { readonly type: 'changed'; readonly name: ModelName };

export interface TabChannel {
  tell(message: TabMessage): void;
}

export function openTabChannel(onMessage: (message: TabMessage) => void): TabChannel {
  const channel = new BroadcastChannel('switchyard-models');
  // Only pages of this origin can speak here, and they are ours.
  channel.onmessage = (event: MessageEvent<TabMessage>) => onMessage(event.data);
  return { tell: (message) => channel.postMessage(message) };
}
