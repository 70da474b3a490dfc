/** Opens a PDF for drawing: parsing in a worker of its own, painting on canvases of this page. */
import {
  getDocument,
  PDFWorker,
  VerbosityLevel,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { BackendError } from '../../core/backend-error';
import { startWorker } from '../../platform/start-worker';
import { parserAddress } from '../reading/pdf/parser-address';
import { DrawingData } from './drawing-data';

/**
 * @param bytes are given away
 * @returns the document, and what ends its worker
 * @throws BackendError where it does not open
 */
export async function openForDrawing(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ pdf: PDFDocumentProxy; end: () => void }> {
  const port = startWorker(parserAddress);
  const worker = PDFWorker.create({ port });
  const task = getDocument({
    data: bytes,
    worker,
    BinaryDataFactory: DrawingData,
    cMapUrl: 'cmaps/',
    standardFontDataUrl: 'standard_fonts/',
    wasmUrl: 'wasm/',
    useWorkerFetch: false,
    enableXfa: false,
    // Faults of the file, which pdf.js mends as well as it can, are no errors of the page.
    verbosity: VerbosityLevel.ERRORS,
  });
  const end = (): void => {
    void task.destroy().finally(() => {
      worker.destroy();
      port.terminate();
    });
  };
  try {
    return { pdf: await task.promise, end };
  } catch (thrown) {
    end();
    const hint = 'Its text is kept and can be read.';
    throw new BackendError('bad-request', `The pages of ${name} cannot be drawn.`, { hint }, thrown);
  }
}
