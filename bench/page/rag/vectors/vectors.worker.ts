/** Has each subject make its index of the same vectors, then asks all of them the same questions, in turns. */
import { exact } from './exact';
import { madeVectors } from './made-vectors';
import { plain } from './plain';
import type { MakeSubject, VectorSubject } from './subject';
import { switchyard } from './switchyard';

export interface VectorOrder {
  readonly rows: number;
  readonly dimensions: number;
  readonly questions: number;
  readonly limit: number;
  readonly rounds: number;
}

export interface VectorOutcome {
  readonly bytes: number;
  /** Milliseconds from vectors to the first question that can be asked. */
  readonly madeMs: number;
  /** Milliseconds; by round, then by question. */
  readonly searchMs: readonly (readonly number[])[];
  /** By question: which share of the nearest was found, by the plain subject's word. */
  readonly recall: readonly number[];
}

const subjects: Readonly<Record<string, MakeSubject>> = { switchyard, exact, plain };

self.onmessage = ({ data }: MessageEvent<VectorOrder>): void => void measure(data);

async function measure({ rows, dimensions, questions, limit, rounds }: VectorOrder): Promise<void> {
  const all = madeVectors(rows + questions, dimensions);
  const vectors = all.subarray(0, rows * dimensions);
  const asked = Array.from({ length: questions }, (_, place) =>
    all.slice((rows + place) * dimensions, (rows + place + 1) * dimensions),
  );
  const made: {
    name: string;
    subject: VectorSubject;
    madeMs: number;
    searchMs: number[][];
    found: number[][];
  }[] = [];
  for (const [name, make] of Object.entries(subjects)) {
    const begun = performance.now();
    const subject = await make(vectors, dimensions);
    made.push({ name, subject, madeMs: performance.now() - begun, searchMs: [], found: [] });
  }
  // The first round warms up, and is not counted.
  for (let round = -1; round < rounds; round++) {
    for (const one of made) one.searchMs[round + 1] = [];
    for (const [place, question] of asked.entries()) {
      for (const one of round % 2 === 0 ? made : made.toReversed()) {
        const begun = performance.now();
        one.found[place] = one.subject.search(question, limit);
        one.searchMs[round + 1]?.push(performance.now() - begun);
      }
    }
  }
  const truth = made.find(({ name }) => name === 'plain')?.found ?? [];
  const outcomes = made.map(({ name, subject, madeMs, searchMs, found }) => {
    const recall = found.map((rows, place) => {
      const right = new Set(truth[place]);
      return rows.filter((row) => right.has(row)).length / right.size;
    });
    const outcome: VectorOutcome = { bytes: subject.bytes, madeMs, searchMs: searchMs.slice(1), recall };
    return [name, outcome] as const;
  });
  self.postMessage(Object.fromEntries(outcomes));
}
