/** Gives pdf.js what a file leaves to its reader (character maps, the standard fonts, decoders), from our own origin. */
import { CharacterMaps, type DataRequest } from '../reading/pdf/character-maps';

const addresses = import.meta.glob<string>(
  [
    '/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
    '/node_modules/pdfjs-dist/wasm/{jbig2,openjpeg,qcms_bg}.wasm',
  ],
  { query: '?url', import: 'default', eager: true },
);

const folders = { standardFontDataUrl: 'standard_fonts', wasmUrl: 'wasm' } as const;

/** What pdf.js calls `BinaryDataFactory`. */
export class DrawingData {
  async fetch({ kind, filename }: DataRequest): Promise<Uint8Array> {
    if (kind === 'cMapUrl') return new CharacterMaps().fetch({ kind, filename });
    const address = addresses[`/node_modules/pdfjs-dist/${folders[kind]}/${filename}`];
    if (address === undefined) throw new Error(`${filename} does not come with this page.`);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${filename} could not be loaded.`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
