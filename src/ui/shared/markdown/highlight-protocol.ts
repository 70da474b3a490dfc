/** What the page and the highlighting worker say to each other, as plain data. */

/** Kinds of tokens that have a colour; everything else is plain text. */
export const tokenKinds = [
  'constant',
  'string',
  'string-expression',
  'comment',
  'keyword',
  'parameter',
  'function',
  'link',
] as const;
export type TokenKind = (typeof tokenKinds)[number];

export interface PaintedPiece {
  readonly text: string;
  readonly kind?: TokenKind;
}

export interface PaintedLine {
  /** The line as it was coloured, without its line end. */
  readonly text: string;
  readonly pieces: readonly PaintedPiece[];
}

export interface HighlightRequest {
  readonly id: number;
  readonly code: string;
  readonly languageId: LanguageId;
}

/** The next lines of a request. They come in portions, so that the page never draws many at once. */
export interface HighlightReply {
  readonly id: number;
  readonly lines: readonly PaintedLine[];
  readonly isLast: boolean;
}

export const languageIds = [
  'bash',
  'c',
  'cpp',
  'csharp',
  'css',
  'diff',
  'docker',
  'go',
  'graphql',
  'html',
  'ini',
  'java',
  'javascript',
  'json',
  'jsx',
  'kotlin',
  'lua',
  'make',
  'markdown',
  'perl',
  'php',
  'powershell',
  'python',
  'r',
  'ruby',
  'rust',
  'scala',
  'sql',
  'svelte',
  'swift',
  'toml',
  'tsx',
  'typescript',
  'vue',
  'xml',
  'yaml',
  'zig',
] as const;
export type LanguageId = (typeof languageIds)[number];
