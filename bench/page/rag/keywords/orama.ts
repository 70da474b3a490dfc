/** Orama as it comes, with title and text as fields. */
import { create, insert, search } from '@orama/orama';
import type { Subject } from './subject';

export const orama: Subject = (documents) => {
  const index = create({ schema: { title: 'string', text: 'string' } });
  for (const { id, title, text } of documents) void insert(index, { id: `${id}`, title, text });
  return (query, limit) => {
    const results = search(index, { term: query, limit });
    if (results instanceof Promise) throw new Error('This index answers at once.');
    return results.hits.map(({ id }) => Number(id));
  };
};
