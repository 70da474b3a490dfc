/** Image files as the parts of a message. What cannot be taken is named, not dropped in silence. */
import type { ImagePart } from '../../core/chat-message';

/** Base64 grows by a third; servers refuse bodies far above this. */
const largestBytes = 15_000_000;

export async function readImages(files: Iterable<File>): Promise<{ images: ImagePart[]; problem: string }> {
  const images: ImagePart[] = [];
  const problems: string[] = [];
  for (const file of files) {
    if (!file.type.startsWith('image/')) problems.push(`${file.name} is not an image.`);
    else if (file.size > largestBytes) problems.push(`${file.name} is larger than 15 MB.`);
    else images.push({ mediaType: file.type, base64: await toBase64(file) });
  }
  return { images, problem: problems.join(' ') };
}

function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'));
    reader.readAsDataURL(file);
  });
}
