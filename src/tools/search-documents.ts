/** The documents of the person, which the model may search by itself. */
import type { BuiltInTool } from './built-in-tool';

export const searchDocuments: BuiltInTool = {
  name: 'search_documents',
  label: 'Your documents',
  explanation:
    'Searches the collections that the conversation answers from, or all of them where none is chosen. What is found goes to the model, wherever that runs.',
  description:
    'Searches the documents of the user and returns numbered passages. Cite a passage by its number in square brackets, for example [1].',
  parameters: {
    type: 'object',
    properties: {
      query: {
        type: 'string',
        description: 'What to look for, as a question or as words. It must make sense by itself.',
      },
    },
    required: ['query'],
  },
  run({ query }, signal, { searchDocuments: search }) {
    if (typeof query !== 'string' || query.trim() === '')
      throw new Error('Give what to look for as text, for example {"query": "price of the lamp"}.');
    if (!search) throw new Error('There are no documents here.');
    return search(query.trim(), signal);
  },
};
