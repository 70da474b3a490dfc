import { expect, test } from 'vitest';
import { prefixesOf } from '../../../../src/state/documents/embedding-prefixes';

test.each([
  ['nomic-embed-text:latest', 'search_document: ', 'search_query: '],
  ['nomic-ai/nomic-embed-text-v1.5', 'search_document: ', 'search_query: '],
  ['intfloat/multilingual-e5-small', 'passage: ', 'query: '],
  ['e5-base-v2', 'passage: ', 'query: '],
  ['snowflake-arctic-embed-l-v2.0', '', 'query: '],
  ['embeddinggemma:300m', 'title: none | text: ', 'task: search result | query: '],
  ['BAAI/bge-small-en-v1.5', '', 'Represent this sentence for searching relevant passages: '],
])('%s wants its own words', (modelId, passage, question) => {
  expect(prefixesOf(modelId)).toEqual({ passage, question });
});

test.each(['all-minilm', 'BAAI/bge-m3', 'gte-e500', 'intfloat/multilingual-e5-large-instruct', 'qwen3'])(
  '%s wants none',
  (modelId) => {
    expect(prefixesOf(modelId)).toEqual({ passage: '', question: '' });
  },
);
