/** The contract that the servers' adapters keep, kept by Transformers.js in the page. */
import { afterAll, describe } from 'vitest';
import { describeBackendContract } from '../../contract/support/backend-contract';
import { onnxBackend, tinyOnnx } from './tiny-onnx';

const model = tinyOnnx();
const backend = onnxBackend(model);

afterAll(() => backend.dispose());

describe('Transformers.js', () => {
  describeBackendContract({
    models: [model.id],
    modelId: model.id,
    runsOn: 'this-cpu',
    question: 'ping',
    answer: 'pong',
    longQuestion: 'count to one hundred',
    unsupported: { keepAlive: '5m', thinking: true },
    open: () => Promise.resolve(backend),
  });
});
