/** The shape of a run file: checked when one is read, and published as a JSON schema for editors. */
import * as v from 'valibot';
import { paramEntries } from '../../compare/params-schema';
import { serverKinds } from '../../core/connection';
import { dataFormats } from '../data-set/read-data-set';
import { jsonObjectSchema } from '../../compare/json-object-schema';

const text = v.string('must be a text');
const filled = v.pipe(text, v.nonEmpty('must not be empty'));
const fromOne = 'must be a whole number from 1 on';
const count = v.pipe(v.number(fromOne), v.integer(fromOne), v.minValue(1, fromOne));
const described = <Schema extends v.GenericSchema>(schema: Schema, words: string) =>
  v.pipe(schema, v.description(words));

const params = v.strictObject(paramEntries);
const systemPrompt = described(v.optional(text, ''), 'May have variables; empty where none is to be sent.');
const settings = v.strictObject({
  params: described(v.optional(params, {}), 'Settings of generation, see docs/parameters.md.'),
  systemPrompt,
});

const lane = v.strictObject({
  backendId: described(
    filled,
    'Which server or engine: the id of an upstream of this file or of the relay’s configuration, or wllama, transformers, webllm in the page.',
  ),
  modelId: described(filled, 'The model, as its backend lists it.'),
  own: v.optional(described(settings, 'Settings of this lane alone, in place of all common ones.')),
});

const gridEntries = Object.fromEntries(
  Object.entries(paramEntries).map(([name, entry]) => {
    const values = v.pipe(
      v.array(entry.wrapped, 'must be a list of values'),
      v.nonEmpty('must name a value'),
    );
    return [name, v.optional(values)];
  }),
);

const pattern = v.pipe(filled, v.check(isPattern, 'must be a regular expression of JavaScript'));
const field = v.optional(
  described(text, 'Of a JSON answer, as total or items.0.price; absent for the last number of the text.'),
);
const check = v.variant(
  'kind',
  [
    v.strictObject({
      kind: v.literal('contains'),
      text: filled,
      isNegated: v.optional(v.boolean()),
      ignoresCase: v.optional(v.boolean()),
    }),
    v.strictObject({
      kind: v.literal('pattern'),
      pattern,
      flags: v.optional(v.pipe(text, v.regex(/^[dgimsuvy]*$/, 'must be flags of a regular expression'))),
      isNegated: v.optional(v.boolean()),
    }),
    v.strictObject({ kind: v.literal('json'), schema: v.optional(jsonObjectSchema) }),
    v.strictObject({
      kind: v.literal('number'),
      least: v.optional(v.number('must be a number')),
      most: v.optional(v.number('must be a number')),
      field,
    }),
    v.strictObject({
      kind: v.literal('near'),
      value: described(filled, 'A number, most often a variable such as {{answer}}.'),
      within: v.pipe(v.number('must be a number'), v.minValue(0, 'must not be negative')),
      field,
    }),
    v.strictObject({
      kind: v.literal('code'),
      code: described(
        filled,
        'JavaScript: an expression that is a function (answer, prompt, expected) => true, false, a text that says what is wrong, or a score from 0 to 1.',
      ),
    }),
  ],
  'must be one of contains, pattern, json, number, near, code',
);

const upstream = v.strictObject({
  id: described(filled, 'What lanes call it.'),
  kind: v.picklist(serverKinds, `must be one of ${serverKinds.join(', ')}`),
  label: v.optional(filled),
  baseUrl: v.pipe(filled, v.check(isHttpUrl, 'must be an http or https URL such as http://localhost:8000')),
  apiKeyEnv: v.optional(described(filled, 'The environment variable that holds its key.')),
});

const data = v.union(
  [
    v.strictObject({
      path: described(filled, 'Of the data set, from the folder of this file.'),
      format: v.optional(
        described(
          v.picklist(dataFormats, `must be one of ${dataFormats.join(', ')}`),
          'Absent: by the ending of the name and by the first line.',
        ),
      ),
    }),
    v.strictObject({
      items: v.pipe(
        v.array(jsonObjectSchema, 'must be a list of objects'),
        v.description('The items themselves; their keys are the variables.'),
      ),
    }),
  ],
  'must be {"path": "…"} or {"items": […]}',
);

export const runFileSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(described(text, 'The address of this schema, for editors.')),
    title: v.optional(text, ''),
    data,
    prompt: described(filled, 'What each item is asked; {{column}} stands for its value.'),
    lanes: v.pipe(v.array(lane, 'must be a list of lanes'), v.minLength(1, 'must name a lane')),
    common: v.optional(described(settings, 'The settings of every lane without its own.'), {
      params: {},
      systemPrompt: '',
    }),
    repeats: v.optional(
      described(count, 'How often each is asked. Where a seed is set, each repeat has the next one.'),
      1,
    ),
    grid: v.optional(
      described(v.strictObject(gridEntries), 'Settings with the values to try: every combination is asked.'),
      {},
    ),
    checks: v.optional(v.array(check, 'must be a list of checks'), []),
    expected: v.optional(
      described(text, 'What is to come out, for checks by code; most often a variable.'),
      '',
    ),
    concurrency: v.optional(
      described(v.record(v.string(), count), 'By backend id: how many answers it is asked for at once.'),
      {},
    ),
    upstreams: v.optional(
      v.pipe(
        v.array(upstream, 'must be a list of upstreams'),
        v.description(
          'Servers for the command-line runner. Absent: those of its environment, as for the relay.',
        ),
      ),
      [],
    ),
  }),
  v.title('Run file of a Switchyard batch'),
  v.description('What `npm run batch` reads, and what the page writes and opens.'),
);

export type RunFile = v.InferOutput<typeof runFileSchema>;

function isPattern(source: string): boolean {
  try {
    // Variables are filled in later, and their braces mean nothing to the dialect without flags.
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

function isHttpUrl(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
