/** MiniSearch as it comes, with title and text as fields. */
import MiniSearch from 'minisearch';
import type { Abstract, Subject } from './subject';

export const minisearch: Subject = (documents) => {
  const index = new MiniSearch<Abstract>({ fields: ['title', 'text'] });
  index.addAll(documents);
  return (query, limit) =>
    index
      .search(query)
      .slice(0, limit)
      .map(({ id }) => Number(id));
};
