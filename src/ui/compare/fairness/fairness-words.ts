/** Topics of fairness as people read them. */
import type { FairnessCell, FairnessTopic } from '../../../compare/fairness/fairness-rows';
import { paramLabels } from '../../shared/param-labels';

const labels: Readonly<Record<FairnessTopic, string>> = {
  ...paramLabels,
  engine: 'Engine',
  systemPrompt: 'System prompt',
  documents: 'Documents',
  retrieval: 'Search in documents',
  template: 'Chat template',
  quantization: 'Quantization',
};

export function topicLabel(topic: FairnessTopic): string {
  return labels[topic];
}

export function cellText(topic: FairnessTopic, cell: FairnessCell): string {
  if (cell.standing === 'unknown') return 'not known';
  if (cell.standing === 'default')
    return cell.ignored === undefined
      ? 'its own default, not known'
      : `ignores ${short(JSON.stringify(cell.ignored))}; its own default, not known`;
  const { value } = cell;
  if (value === null || value === '') return 'none';
  if (topic === 'documents' && Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none';
  if (topic === 'template' && typeof value === 'string')
    return value === 'plain' ? 'none: texts are joined' : `SHA-256 ${value.slice(0, 8)}…`;
  return short(typeof value === 'string' ? value : JSON.stringify(value));
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
