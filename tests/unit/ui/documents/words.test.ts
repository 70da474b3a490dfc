import { expect, test } from 'vitest';
import type { StoredDocument } from '../../../../src/core/document';
import { reportWords } from '../../../../src/ui/documents/adding/report-words';
import { documentFacts } from '../../../../src/ui/documents/document-words';
import { scoreWords } from '../../../../src/ui/documents/search/score-words';
import { spokenProgress } from '../../../../src/ui/documents/spoken-progress';

const document: StoredDocument = {
  id: 'd1',
  collectionId: 'c1',
  name: 'a.pdf',
  kind: 'pdf',
  bytes: 340_000,
  sha256: '00',
  addedAt: 0,
  state: 'ready',
};
const nothing = { added: 0, changed: 0, known: 0, refused: [], missing: [], notices: [] };

test('facts of a document leave out what is not known', () => {
  expect(documentFacts(document)).toBe('340 KB');
  expect(documentFacts({ ...document, pageCount: 1, chunkCount: 1200 })).toBe(
    '1 page · 340 KB · 1,200 passages',
  );
});

test('a report names everything that became of the files', () => {
  const report = {
    ...nothing,
    added: 1,
    changed: 2,
    known: 1030,
    refused: [{ name: 'x.bin', why: 'binary' }],
    missing: [document],
  };
  expect(reportWords(report, 4)).toBe(
    '1 document added, 2 changed and read again, 1,030 known and skipped, 1 refused, ' +
      '1 missing from the folder, 4 hidden or of packages, left out.',
  );
  expect(reportWords(nothing, 0)).toBe('Nothing was found to add.');
});

test('progress is spoken by quarters', () => {
  const spoken = new Set(
    Array.from({ length: 400 }, (_, done) =>
      spokenProgress({ isWorking: true, isPaused: false, done, total: 400 }),
    ),
  );
  expect([...spoken]).toEqual([
    'Reading 400 documents',
    '25 % of the documents are done',
    '50 % of the documents are done',
    '75 % of the documents are done',
  ]);
  expect(spokenProgress({ isWorking: false, isPaused: false, done: 0, total: 0 })).toBe('');
});

test('a side that did not find a passage is said to, one that was not asked is left out', () => {
  expect(scoreWords({ fused: 0.5, dense: 0.71234 }).map(({ name, value }) => `${name} ${value}`)).toEqual([
    'Words not found',
    'Meaning 0.712',
    'Sum 0.500',
  ]);
  expect(scoreWords({ fused: 1, keyword: 7.2 }).map(({ name }) => name)).toEqual(['Words', 'Sum']);
});
