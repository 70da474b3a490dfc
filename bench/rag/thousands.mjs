/** Thousands of small files dropped on the documents screen at once, searched by keywords only. */
/* global DataTransfer */
import { measureAdding, partOf } from './documents-screen.mjs';

const count = 2000;

/**
 * @param {import('../rag.mjs').Order} order
 * @returns {Promise<import('../rag.mjs').Part>}
 */
export async function measureThousands({ rounds }) {
  const outcomes = await measureAdding(
    rounds,
    (page) =>
      page.evaluateHandle((files) => {
        const transfer = new DataTransfer();
        for (let index = 0; index < files; index++) {
          const paragraph = `Paragraph of file ${index} about things, numbers and places. `.repeat(12);
          const text = `# File ${index}\n\n${paragraph}\n\n## Second part\n\n${paragraph}\n\nUnique word number${index}.\n`;
          transfer.items.add(new File([text], `file-${index}.${index % 2 === 0 ? 'md' : 'txt'}`));
        }
        return transfer;
      }, count),
    { count, words: 'number1234' },
  );
  return partOf(`${count.toLocaleString('en')} small files`, outcomes);
}
