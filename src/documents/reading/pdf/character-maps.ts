/** Gives pdf.js the character maps of East Asian writing from our own origin, one when a file needs it. */

const folder = '/node_modules/pdfjs-dist/cmaps/';
const addresses = import.meta.glob<string>('/node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** What pdf.js asks its `BinaryDataFactory` for. */
export interface DataRequest {
  readonly kind: 'cMapUrl' | 'standardFontDataUrl' | 'wasmUrl';
  readonly filename: string;
}

/** A `BinaryDataFactory` of pdf.js. Fonts and pictures are nothing that text needs. */
export class CharacterMaps {
  async fetch({ kind, filename }: DataRequest): Promise<Uint8Array> {
    const address = kind === 'cMapUrl' ? addresses[folder + filename] : undefined;
    if (address === undefined) throw new Error(`Not needed for text: ${filename}`);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`The character map ${filename} could not be loaded.`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
