/** The starter model as the tests' server has it: as GGUF, and as ONNX builds made of it (support/starter-builds.ts). */
import type { LocalModel, ModelFile } from '../../../src/core/local-model';

export async function hasStarterModel(): Promise<boolean> {
  return (await fetch('/starter-builds/gguf')).ok;
}

export async function starterAsGguf(): Promise<LocalModel> {
  const files = await filesOf(await fetch('/starter-builds/gguf'));
  return { id: 'starter-gguf', engine: 'wllama', label: 'Starter', files };
}

/** The first call converts, which takes a while. */
export async function starterAsOnnx(bits: 4 | 8 | 32): Promise<LocalModel> {
  const files = await filesOf(await fetch(`/starter-builds/${bits}`));
  const quantization = bits === 32 ? 'fp32' : `q${bits}`;
  return { id: `starter-${quantization}`, engine: 'transformers', label: 'Starter', quantization, files };
}

async function filesOf(response: Response): Promise<ModelFile[]> {
  if (!response.ok) throw new Error(await response.text());
  const list = (await response.json()) as readonly { path: string; url: string; bytes: number }[];
  return list.map(({ path, url, bytes }) => ({ path, sources: [url], bytes }));
}
