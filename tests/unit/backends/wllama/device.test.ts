import { expect, it } from 'vitest';
import { readRunsOn } from '../../../../src/backends/wllama/device';

it('takes the device from the buffer that holds the weights', () => {
  const cpu = [
    'load_tensors: loading model tensors',
    'load_tensors:          CPU model buffer size =     0.37 MiB',
  ];
  const gpu = ['load_tensors:       WebGPU model buffer size =    90.10 MiB'];
  expect(readRunsOn(cpu)).toBe('this-cpu');
  expect(readRunsOn([...cpu, ...gpu])).toBe('this-gpu');
});

it('does not mistake other buffers for weights', () => {
  const log = [
    'load_tensors:   CPU_REPACK model buffer size =    70.00 MiB',
    'sched_reserve:     WebGPU compute buffer size =     3.01 MiB',
  ];
  expect(readRunsOn(log)).toBe('this-cpu');
});

it('takes a silent log for the processor', () => {
  expect(readRunsOn([])).toBe('this-cpu');
});
