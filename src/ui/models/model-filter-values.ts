/** What the list of models is narrowed to. */
import type { LocalEngine } from '../../core/local-model';

export interface ModelFilterValues {
  readonly text: string;
  readonly engine: LocalEngine | 'all';
  readonly kind: 'all' | 'here' | 'embedding';
  readonly fitsOnly: boolean;
}
