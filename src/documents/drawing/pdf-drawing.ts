/** A PDF that is drawn page by page on canvases of this page; its code is loaded with the first one. */
import type { PDFDocumentProxy, TextItem } from 'pdfjs-dist/types/src/display/api';
import { pageText } from '../reading/pdf/pdf-text';
import { openForDrawing } from './open-for-drawing';
import { type PassageMark, passageMarks } from './passage-marks';

/** CSS pixels at 100 %. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** More makes phones end the tab, and nobody sees the difference. */
const mostPixels = 16_000_000;

export class PdfDrawing {
  readonly #pdf: PDFDocumentProxy;
  readonly #end: () => void;

  private constructor(pdf: PDFDocumentProxy, end: () => void) {
    this.#pdf = pdf;
    this.#end = end;
  }

  /** @throws BackendError where it does not open */
  static async open(name: string, file: Blob): Promise<PdfDrawing> {
    const { pdf, end } = await openForDrawing(name, new Uint8Array(await file.arrayBuffer()));
    return new PdfDrawing(pdf, end);
  }

  get pageCount(): number {
    return this.#pdf.numPages;
  }

  /** @param number from 1 */
  async sizeOf(number: number): Promise<PageSize> {
    const { width, height } = (await this.#pdf.getPage(number)).getViewport({ scale: 1 });
    return { width, height };
  }

  /**
   * Draws a whole page; what stood on the canvas stays until the new picture is there.
   * @param width in CSS pixels
   */
  async draw(number: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<void> {
    const page = await this.#pdf.getPage(number);
    const natural = page.getViewport({ scale: 1 });
    const sharp = (width / natural.width) * window.devicePixelRatio;
    const largest = Math.sqrt(mostPixels / (natural.width * natural.height));
    const viewport = page.getViewport({ scale: Math.min(sharp, largest) });
    signal.throwIfAborted();
    const fresh = document.createElement('canvas');
    fresh.width = Math.ceil(viewport.width);
    fresh.height = Math.ceil(viewport.height);
    const task = page.render({ canvas: fresh, viewport });
    const stop = (): void => task.cancel();
    signal.addEventListener('abort', stop);
    try {
      await task.promise;
    } finally {
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
    canvas.width = fresh.width;
    canvas.height = fresh.height;
    canvas.getContext('2d')?.drawImage(fresh, 0, 0);
  }

  /** @param range offsets in UTF-16 units of the page's text */
  async marksOf(
    number: number,
    range: { readonly start: number; readonly end: number },
  ): Promise<readonly PassageMark[]> {
    const page = await this.#pdf.getPage(number);
    const content = await page.getTextContent();
    const { spans } = pageText(content);
    return passageMarks(content.items as readonly TextItem[], spans, range, page.getViewport({ scale: 1 }));
  }

  close(): void {
    this.#end();
  }
}
