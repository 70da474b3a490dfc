/** Texts with variables: `{{column}}` stands for the item's own value. */
import { BackendError } from '../core/backend-error';
import type { BatchItem } from '../core/batch';

export interface TemplatePart {
  /** `missing`: it is written like a variable, and no column has this name. */
  readonly kind: 'text' | 'variable' | 'missing';
  /** As written. */
  readonly text: string;
  /** Of a variable; the same as `text` for mere text. */
  readonly name: string;
}

const inBraces = /\{\{([^{}\n]*)\}\}/g;
/** Other things in double braces, JSON for one, are left as they are. */
const nameLike = /^[\p{L}_][\p{L}\p{N}_ .-]*$/u;

export function readTemplate(template: string, columns: readonly string[]): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  const text = (to: number): void => {
    const plain = template.slice(from, to);
    if (plain !== '') parts.push({ kind: 'text', text: plain, name: plain });
  };
  for (const { 0: written, 1: inner = '', index } of template.matchAll(inBraces)) {
    const name = inner.trim();
    const isKnown = columns.includes(name);
    if (!isKnown && !nameLike.test(name)) continue;
    text(index);
    parts.push({ kind: isKnown ? 'variable' : 'missing', text: written, name });
    from = index + written.length;
  }
  text(template.length);
  return parts;
}

/** Names that are written like variables and are no columns, each once. */
export function missingVariables(template: string, columns: readonly string[]): string[] {
  const missing = readTemplate(template, columns).filter(({ kind }) => kind === 'missing');
  return [...new Set(missing.map(({ name }) => name))];
}

/** @throws BackendError `bad-request` that names what is missing */
export function fillTemplate(template: string, item: BatchItem): string {
  const columns = Object.keys(item);
  const filled = readTemplate(template, columns).map(({ kind, text, name }) => {
    if (kind === 'missing') throw missingVariable(name, columns);
    return kind === 'variable' ? (item[name] ?? '') : text;
  });
  return filled.join('');
}

export function missingVariable(name: string, columns: readonly string[]): BackendError {
  return new BackendError('bad-request', `There is no column “${name}” for {{${name}}}.`, {
    hint: `The data set has ${columns.map((column) => `{{${column}}}`).join(', ')}.`,
  });
}
