import { expect, test } from 'vitest';
import type { StoredDocument } from '../../../../src/core/document';
import { missingFrom } from '../../../../src/state/documents/missing-from';

const row = (name: string, path?: string): StoredDocument => ({
  id: path ?? name,
  collectionId: 'c',
  name,
  kind: 'text',
  bytes: 1,
  sha256: name,
  addedAt: 0,
  state: 'ready',
  ...(path !== undefined && { path }),
});
const added = (path: string) => ({ file: new File([], path.split('/').at(-1) ?? ''), path });

test('only files of the folders that were added can be missing', () => {
  const rows = [row('a', 'box/a'), row('b', 'box/deep/b'), row('c', 'other/c'), row('box')];
  expect(missingFrom(rows, [added('box/a')]).map(({ id }) => id)).toEqual(['box/deep/b']);
  expect(missingFrom(rows, [{ file: new File([], 'z') }])).toEqual([]);
});
