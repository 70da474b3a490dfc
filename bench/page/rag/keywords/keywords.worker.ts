/** Indexes the documents and asks all questions once. */
import { minisearch } from './minisearch';
import { orama } from './orama';
import type { Order, Outcome, Subject } from './subject';
import { switchyard } from './switchyard';

const subjects: Readonly<Record<string, Subject>> = { switchyard, minisearch, orama };

self.onmessage = ({ data }: MessageEvent<Order>): void => {
  const index = subjects[data.subject];
  if (!index) throw new Error(`There is no subject ${data.subject}.`);
  const begun = performance.now();
  const search = index(data.documents);
  const indexMs = performance.now() - begun;
  const queryMs: number[] = [];
  const found = data.queries.map((query) => {
    const asked = performance.now();
    const ids = search(query, data.depth);
    queryMs.push(performance.now() - asked);
    return ids;
  });
  self.postMessage({ indexMs, queryMs, found } satisfies Outcome);
};
