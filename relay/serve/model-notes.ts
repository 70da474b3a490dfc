/** `models/manifest.json`: what the set-up, `npm run models` or a person noted about the files beside it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const optionalNumber = v.exactOptional(v.number());
const optionalText = v.exactOptional(v.string());
const optionalFlag = v.exactOptional(v.boolean());

const notedFile = v.object({
  /** Relative to the models folder, with `/`. */
  file: v.string(),
  bytes: v.optional(v.number()),
  sha256: v.optional(v.string()),
});
export type NotedFile = v.InferOutput<typeof notedFile>;

const facts = v.object({
  id: optionalText,
  label: optionalText,
  license: optionalText,
  contextLength: optionalNumber,
  capabilities: v.exactOptional(
    v.object({
      chat: optionalFlag,
      vision: optionalFlag,
      tools: optionalFlag,
      thinking: optionalFlag,
      embedding: optionalFlag,
    }),
  ),
  shape: v.exactOptional(v.object({ layers: v.number(), keyValueHeads: v.number(), headSize: v.number() })),
  embedding: v.exactOptional(
    v.object({ pooling: v.picklist(['mean', 'cls', 'last-token']), isNormalized: v.boolean() }),
  ),
  suggestedParams: v.exactOptional(
    v.object({
      temperature: optionalNumber,
      topP: optionalNumber,
      topK: optionalNumber,
      minP: optionalNumber,
      repeatPenalty: optionalNumber,
    }),
  ),
});

const files = v.object({ ...notedFile.entries, parts: v.optional(v.array(notedFile), []) });

export interface ModelNote {
  /** The file that stands for the model, as `findBuilds` names it. */
  readonly main: NotedFile;
  /** The model's other files. */
  readonly parts: readonly NotedFile[];
  readonly facts: v.InferOutput<typeof facts>;
}

/**
 * The notes are a convenience: without them, or with broken ones, the files are still listed.
 * @param warn gets a sentence about each entry that is not understood
 */
export async function readModelNotes(
  directory: string,
  warn: (sentence: string) => void,
): Promise<ModelNote[]> {
  const text = await readFile(join(directory, 'manifest.json'), 'utf8').catch(() => '[]');
  const entries = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.unknown())), text);
  if (!entries.success) {
    warn('models/manifest.json is not a JSON list, so what it says of the models is not used.');
    return [];
  }
  return entries.output.flatMap((entry, index) => {
    const [main, known] = [v.safeParse(files, entry), v.safeParse(facts, entry)];
    if (main.success && known.success)
      return [{ main: main.output, parts: main.output.parts, facts: known.output }];
    const [issue] = main.issues ?? known.issues ?? [];
    const field = (issue && v.getDotPath(issue)) ?? 'its kind';
    warn(
      `models/manifest.json: entry ${index + 1} is not used, because of ${field}: ${issue?.message ?? ''}.`,
    );
    return [];
  });
}
