/** Conversations, comparisons and batches as the sidebar lists them. */
import type { BatchList } from '../state/batch/batch-list.svelte';
import type { ComparisonList } from '../state/comparison/comparison-list.svelte';
import type { ConversationList } from '../state/conversation-list.svelte';
import type { KeptList } from '../ui/shell/kept-list';
import { batchPath, chatPath, comparePath } from './routes';

type Doing = Pick<KeptList, 'onStart' | 'onDelete'>;

export function keptConversations(
  list: ConversationList,
  { currentId, ...doing }: Doing & Pick<KeptList, 'currentId'>,
): KeptList {
  return {
    ...doing,
    title: 'Conversations',
    noun: 'conversation',
    isOpen: list.isOpen,
    currentId,
    items: list.all.map(({ id, title }) => ({
      id,
      title,
      href: chatPath(id),
      isAnswering: list.isAnswering(id),
    })),
    onRename: (id, title) => list.rename(id, title),
  };
}

export function keptComparisons(list: ComparisonList, doing: Doing): KeptList {
  return {
    ...doing,
    title: 'Comparisons',
    noun: 'comparison',
    isOpen: list.isOpen,
    currentId: list.current?.id,
    items: list.all.map(({ id, title, lanes }) => ({
      id,
      title,
      href: comparePath(id),
      isAnswering: list.isAnswering(id),
      keywords: lanes.map(({ backendId, modelId }) => `${backendId} ${modelId}`).join(' '),
    })),
    onRename: (id, title) => list.rename(id, title),
  };
}

export function keptBatches(
  list: BatchList,
  { currentId, ...doing }: Doing & Pick<KeptList, 'currentId'>,
): KeptList {
  return {
    ...doing,
    title: 'Batches',
    noun: 'batch',
    isOpen: list.isOpen,
    currentId,
    items: list.all.map(({ batch: { id, run } }) => ({
      id,
      title: run.title,
      href: batchPath(id),
      isAnswering: list.isRunning(id),
      keywords: run.lanes.map(({ backendId, modelId }) => `${backendId} ${modelId}`).join(' '),
    })),
    onRename: (id, title) => list.rename(id, title),
  };
}
