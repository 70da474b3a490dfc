import { expect, it } from 'vitest';
import { GpuResidency } from '../../../../src/backends/shared/gpu-residency';

const never = new AbortController().signal;

function resident(id: string, log: string[]) {
  return {
    id,
    unload: () => {
      log.push(`${id} goes`);
      return Promise.resolve();
    },
  };
}

it('the next one waits until the one before is unloaded', async () => {
  const log: string[] = [];
  const gpu = new GpuResidency();
  await gpu.take(resident('webllm', log), never);
  await gpu.take(resident('transformers', log), never);
  log.push('transformers loads');
  expect(log).toEqual(['webllm goes', 'transformers loads']);
});

it('who is there already is not unloaded', async () => {
  const log: string[] = [];
  const gpu = new GpuResidency();
  await gpu.take(resident('webllm', log), never);
  await gpu.take(resident('webllm', log), never);
  expect(log).toEqual([]);
});
