/** The keyword index of this project: each abstract a document of one chunk under its title. */
import { KeywordIndex } from '../../../../src/documents/keywords/keyword-index';
import type { Subject } from './subject';

export const switchyard: Subject = (documents) => {
  const index = new KeywordIndex();
  for (const { id, title, text } of documents) index.add(`${id}`, [{ text, headings: [title] }]);
  return (query, limit) => index.search(query, limit).map(({ documentId }) => Number(documentId));
};
