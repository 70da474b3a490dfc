/** Opens a PDF for its text, with both halves of pdf.js in this thread: the reading worker is one already. */
// This build brings what browsers and Node of the last years lack.
import {
  getDocument,
  InvalidPDFException,
  PasswordException,
  VerbosityLevel,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as parsing from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { unreadable } from '../unreadable';
import { CharacterMaps } from './character-maps';

// Where pdf.js looks before it starts a worker of its own.
Object.assign(globalThis, { pdfjsWorker: parsing });

/**
 * @param bytes are given away
 * @throws BackendError `unreadable-document`
 */
export async function openPdf(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<PDFDocumentProxy> {
  try {
    return await getDocument({
      data: bytes,
      BinaryDataFactory: CharacterMaps,
      cMapUrl: 'cmaps/',
      useWorkerFetch: false,
      // Fonts are not drawn, so none is made; pictures stay packed.
      disableFontFace: true,
      useSystemFonts: false,
      isOffscreenCanvasSupported: false,
      enableXfa: false,
      verbosity: VerbosityLevel.ERRORS,
    }).promise;
  } catch (thrown) {
    throw failureOf(name, thrown);
  }
}

function failureOf(name: string, thrown: unknown): Error {
  if (thrown instanceof PasswordException) {
    return unreadable(
      `${name} is encrypted and opens with a password only.`,
      'Save a copy without a password, and add that.',
    );
  }
  if (thrown instanceof InvalidPDFException) {
    return unreadable(`${name} is damaged or cut: it does not open as a PDF.`, 'Get the file again.', thrown);
  }
  return unreadable(
    `${name} could not be opened as a PDF.`,
    'Save it anew in a PDF program, and add that.',
    thrown,
  );
}
