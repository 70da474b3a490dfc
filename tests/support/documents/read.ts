/** Reads a file in this thread, as the worker does, and says what holds of any result. */
import { expect } from 'vitest';
import { BackendError } from '../../../src/core/backend-error';
import type { DocumentKind, DocumentText } from '../../../src/core/document';
import { readDocument } from '../../../src/documents/reading/read-document';

export function read(
  kind: DocumentKind,
  content: string | Uint8Array,
  name = `file.${kind}`,
): Promise<DocumentText> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
  return readDocument({ name, bytes, kind }, () => undefined, new AbortController().signal);
}

/** Each block as `kind level: its text`. */
export function blocksOf({ text, blocks }: DocumentText): readonly string[] {
  return blocks.map(({ kind, level, start, end }) => `${kind}${level ?? ''}: ${text.slice(start, end)}`);
}

/** Blocks lie in order without overlap and without blank ends; pages in order, within the text. */
export function expectSound({ text, blocks, pages = [] }: DocumentText): void {
  let at = 0;
  for (const { start, end } of blocks) {
    expect(start).toBeGreaterThanOrEqual(at);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(text.length);
    const content = text.slice(start, end);
    expect(content).toBe(content.trim());
    at = end;
  }
  expect(pages.toSorted((one, other) => one - other)).toEqual(pages);
  expect(pages.every((start) => start >= 0 && start <= text.length)).toBe(true);
}

/** @returns the sentence of the failure */
export async function failure(reading: Promise<unknown>): Promise<string> {
  const thrown: unknown = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(BackendError);
  expect(thrown).toMatchObject({ code: 'unreadable-document' });
  return thrown instanceof BackendError ? thrown.message : '';
}
