/** The memory of a device in words, as far as the browser tells it. */

/** Bytes. Browsers report no more than this, some no more than 32 GB; less than this is the size, rounded. */
export const reportCap = 8 * 1024 ** 3;

/** Memory is sold in powers of two: `about 4 GB`, `16 GB or more`. @param reported bytes */
export function memorySize(reported: number): string {
  const size = `${reported / 1024 ** 3} GB`;
  return reported >= reportCap ? `${size} or more` : `about ${size}`;
}
