/** Opens a PDF for its text, with both halves of pdf.js in this thread: the reading worker is one already. */
import {
  getDocument,
  InvalidPDFException,
  PasswordException,
  VerbosityLevel,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { unreadable } from '../unreadable';
import { CharacterMaps } from './character-maps';
import { parserAddress } from './parser-address';

/**
 * @param bytes are given away
 * @throws BackendError `unreadable-document`
 */
export async function openPdf(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<PDFDocumentProxy> {
  try {
    const parser: unknown = await import(/* @vite-ignore */ parserAddress);
    // Where pdf.js looks before it starts a worker of its own.
    Object.assign(globalThis, { pdfjsWorker: parser });
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
