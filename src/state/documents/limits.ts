/** How many are taken in: beyond these a page becomes slow rather than useful. */

/** Files that are added in one go. */
export const mostFilesAtOnce = 10_000;

/** Documents of one collection. */
export const mostDocuments = 20_000;
