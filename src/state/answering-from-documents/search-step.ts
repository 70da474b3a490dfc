/** What an answer waits for before its model is asked. */
export type SearchStep = 'rewriting' | 'searching' | 'ranking';
