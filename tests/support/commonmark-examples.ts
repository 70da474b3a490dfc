/** The examples of the CommonMark specification, for Node and the browser alike. */
import specification from 'commonmark-spec/spec.txt?raw';

export interface CommonMarkExample {
  readonly number: number;
  readonly section: string;
  readonly markdown: string;
}

/** In the order of the specification, where `→` stands for a tab. */
export const commonMarkExamples: readonly CommonMarkExample[] = readExamples();

function readExamples(): CommonMarkExample[] {
  const examples: CommonMarkExample[] = [];
  let section = '';
  const pattern = /^`{32} example\n([^]*?)^\.\n[^]*?^`{32}$|^#{1,6} *(.*)$/gm;
  for (const [, markdown, heading] of specification.matchAll(pattern)) {
    if (markdown === undefined) section = heading ?? '';
    else examples.push({ number: examples.length + 1, section, markdown: markdown.replaceAll('→', '\t') });
  }
  return examples;
}
