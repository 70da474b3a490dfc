/** How much is taken in. Beyond these a page becomes slow or runs out of memory rather than useful. */

/** Bytes of one file: a parser holds it in memory as a whole, some of them several times. */
export const largestFile = 200 * 1024 * 1024;

/** Files that are added in one go. */
export const mostFilesAtOnce = 10_000;

/** Documents of one collection. */
export const mostDocuments = 20_000;
