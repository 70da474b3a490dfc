/** Short messages over the page: what failed outside an answer, and what can be undone. */
import { BackendError } from '../core/backend-error';

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly hint?: string;
  readonly tone: 'info' | 'problem';
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Long enough to read two lines and reach the button; a problem stays until it is closed. */
const infoMs = 8000;

export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  #nextId = 1;

  info(text: string, action?: Notice['action']): void {
    const id = this.#add({ text, tone: 'info', action });
    setTimeout(() => this.close(id), infoMs);
  }

  failed(thrown: unknown): void {
    const error = BackendError.from(thrown);
    if (this.list.some((notice) => notice.text === error.message)) return;
    this.#add({ text: error.message, hint: error.detail.hint, tone: 'problem' });
  }

  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  #add(notice: Omit<Notice, 'id'>): number {
    const id = this.#nextId++;
    this.list = [...this.list, { id, ...notice }];
    return id;
  }
}
