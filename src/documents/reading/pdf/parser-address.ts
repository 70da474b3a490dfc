/**
 * Where the half of pdf.js that parses lies: one file, for reading and for drawing.
 * This build brings what browsers of the last years lack.
 */
export { default as parserAddress } from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
