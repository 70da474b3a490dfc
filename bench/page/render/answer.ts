/** A made-up answer of a model, the same for every run: prose, lists, tables, TypeScript, quotes. */

/** The last word of the answer: whoever shows it is done. */
export const endMark = 'ENDMARK';

const words =
  'every lane of the yard carries one train of thought and a switch decides which track it takes next ' +
  'so that no message waits behind another while the signal box keeps the timetable in view';
const vocabulary = words.split(' ');

/** Roughly so many characters, cut into tokens of two to seven characters. */
export function makeTokens(count: number): string[] {
  const random = makeRandom(20_261_123);
  const tokens: string[] = [];
  let answer = '';
  for (let section = 1; answer.length < count * 4.5; section++) answer += makeSection(section, random);
  answer += `\n\n${endMark}`;
  for (let from = 0; from < answer.length;) {
    const length = 2 + Math.floor(random() * 6);
    tokens.push(answer.slice(from, from + length));
    from += length;
  }
  return tokens;
}

function makeSection(section: number, random: () => number): string {
  const prose = (length: number) => makeSentence(length, random);
  const word = () => vocabulary[Math.floor(random() * vocabulary.length)] ?? '';
  const row = () => `| ${word()} | ${random().toFixed(3)} | ${word()} |`;
  const many = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => make(i));
  const parts = [
    `## Part ${section}`,
    `${prose(38)} ${prose(31)}`,
    prose(64),
    many(6, () => `- ${prose(11)}`).join('\n'),
    `\`\`\`ts\n${many(18, (i) => `export function step${i}(count: number, name: string) { return count + name.length * ${i}; } // ${word()}`).join('\n')}\n\`\`\``,
    prose(70),
    `| track | share | signal |\n|---|---:|:-:|\n${many(6, row).join('\n')}`,
    `> ${prose(26)}`,
    many(4, (i) => `${i + 1}. ${prose(9)}`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n\n`;
}

function makeSentence(length: number, random: () => number): string {
  const pick = () => {
    const word = vocabulary[Math.floor(random() * vocabulary.length)] ?? '';
    const dice = random();
    if (dice < 0.04) return `**${word}**`;
    if (dice < 0.07) return `\`${word}()\``;
    if (dice < 0.09) return `[${word}](https://example.com/${word})`;
    return dice < 0.11 ? `*${word}*` : word;
  };
  return `${Array.from({ length }, pick).join(' ')}.`;
}

/** Park and Miller's generator: the same numbers everywhere. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
