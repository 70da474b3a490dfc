/** Colours code off the main thread: a grammar may take longer than a frame, and is loaded only when it is met. */
import { createCssVariablesTheme, createHighlighterCore, type LanguageInput } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import {
  tokenKinds,
  type HighlightReply,
  type HighlightRequest,
  type LanguageId,
  type PaintedLine,
  type PaintedPiece,
  type TokenKind,
} from './highlight-protocol';

const theme = 'css-variables';
/** Lines per reply. */
const portion = 40;
/** Longer lines are minified code: not worth the time. */
const maxLineLength = 2000;
/** Milliseconds per line. The first line of a language compiles its expressions, which takes a while. */
const lineTimeLimit = 5000;

const grammars: Readonly<Record<LanguageId, LanguageInput>> = {
  bash: () => import('shiki/langs/bash.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  docker: () => import('shiki/langs/docker.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  graphql: () => import('shiki/langs/graphql.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  ini: () => import('shiki/langs/ini.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  jsx: () => import('shiki/langs/jsx.mjs'),
  kotlin: () => import('shiki/langs/kotlin.mjs'),
  lua: () => import('shiki/langs/lua.mjs'),
  make: () => import('shiki/langs/make.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  perl: () => import('shiki/langs/perl.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  powershell: () => import('shiki/langs/powershell.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  r: () => import('shiki/langs/r.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  scala: () => import('shiki/langs/scala.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  svelte: () => import('shiki/langs/svelte.mjs'),
  swift: () => import('shiki/langs/swift.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  vue: () => import('shiki/langs/vue.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
  zig: () => import('shiki/langs/zig.mjs'),
};

const highlighter = createHighlighterCore({
  themes: [createCssVariablesTheme({ name: theme, variablePrefix: '--code-' })],
  langs: [],
  // Regular expressions of the browser itself: no wasm, and a rule it cannot express is left out.
  engine: createJavaScriptRegexEngine({ forgiving: true }),
});

addEventListener('message', (event: MessageEvent<HighlightRequest>) => void answer(event.data));

async function answer({ id, code, languageId }: HighlightRequest): Promise<void> {
  const lines = await paint(code, languageId);
  for (let from = 0; from < Math.max(1, lines.length); from += portion) {
    const isLast = from + portion >= lines.length;
    postMessage({ id, lines: lines.slice(from, from + portion), isLast } satisfies HighlightReply);
  }
}

/** No line at all when the grammar cannot be loaded, for example offline: the code then stays plain. */
async function paint(code: string, languageId: LanguageId): Promise<PaintedLine[]> {
  try {
    const { codeToTokensBase, loadLanguage } = await highlighter;
    await loadLanguage(grammars[languageId]);
    const tokens = codeToTokensBase(code, {
      lang: languageId,
      theme,
      tokenizeMaxLineLength: maxLineLength,
      tokenizeTimeLimit: lineTimeLimit,
    });
    return tokens.map(toPaintedLine);
  } catch {
    return [];
  }
}

function toPaintedLine(tokens: readonly { content: string; color?: string }[]): PaintedLine {
  const pieces: PaintedPiece[] = [];
  for (const { content, color } of tokens) {
    const kind = kindOf(color);
    const last = pieces.at(-1);
    // Fewer elements: neighbours of one colour are one piece, and blanks need no colour.
    if (last !== undefined && (last.kind === kind || content.trim() === '')) {
      pieces[pieces.length - 1] = { ...last, text: last.text + content };
    } else pieces.push(kind === undefined ? { text: content } : { text: content, kind });
  }
  return { text: pieces.map(({ text }) => text).join(''), pieces };
}

/** The theme's colours are names of CSS variables, such as `var(--code-token-keyword)`. */
function kindOf(color = ''): TokenKind | undefined {
  return tokenKinds.find((kind) => color === `var(--code-token-${kind})`);
}
