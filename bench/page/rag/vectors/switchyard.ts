/** The index of the page, with 50 vectors to a document. */
import { VectorIndex } from '../../../../src/documents/vectors/vector-index';
import type { MakeSubject } from './subject';

const chunks = 50;

export const switchyard: MakeSubject = async (vectors, dimensions) => {
  const index = await VectorIndex.create(dimensions);
  const numbers = chunks * dimensions;
  for (let start = 0; start < vectors.length; start += numbers) {
    index.add(`${start / dimensions}`, vectors.subarray(start, start + numbers));
  }
  return {
    bytes: index.bytes,
    search: (question, limit) =>
      index.search(question, limit).map(({ documentId, chunk }) => Number(documentId) + chunk),
  };
};
