/** Conversations and comparisons as the sidebar lists them. */
import type { ComparisonList } from '../state/comparison/comparison-list.svelte';
import type { ConversationList } from '../state/conversation-list.svelte';
import type { KeptList } from '../ui/shell/kept-list';
import { chatPath, comparePath } from './routes';

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
