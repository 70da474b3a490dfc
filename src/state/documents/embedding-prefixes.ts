/** What some models want before a text to tell what is searched from what is searched for; their cards say so. */

interface Prefixes {
  readonly passage: string;
  readonly question: string;
}

const none: Prefixes = { passage: '', question: '' };

/** The first that fits the name, which servers write in their own ways. */
const byName: readonly (readonly [name: RegExp, prefixes: Prefixes])[] = [
  // https://huggingface.co/nomic-ai/nomic-embed-text-v1.5
  [/nomic-embed/i, { passage: 'search_document: ', question: 'search_query: ' }],
  // https://huggingface.co/intfloat/e5-base-v2; the instruct builds have other words, for questions only
  [/(^|[^a-z0-9])e5-(?!.*instruct).*/i, { passage: 'passage: ', question: 'query: ' }],
  [
    // https://huggingface.co/mixedbread-ai/mxbai-embed-large-v1 and https://huggingface.co/BAAI/bge-base-en-v1.5
    /mxbai-embed-large|bge-(small|base|large)-en/i,
    { passage: '', question: 'Represent this sentence for searching relevant passages: ' },
  ],
  // https://huggingface.co/Snowflake/snowflake-arctic-embed-l-v2.0
  [/arctic-embed.*(2\.0|2)$/i, { passage: '', question: 'query: ' }],
  // https://huggingface.co/google/embeddinggemma-300m
  [/embeddinggemma/i, { passage: 'title: none | text: ', question: 'task: search result | query: ' }],
];

/** Empty where nothing is known of the model. */
export function prefixesOf(modelId: string): Prefixes {
  return byName.find(([name]) => name.test(modelId))?.[1] ?? none;
}
