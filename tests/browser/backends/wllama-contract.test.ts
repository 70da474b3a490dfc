/** The contract that the servers' adapters keep, kept by the engine in the page. */
import { afterAll, describe } from 'vitest';
import { describeBackendContract } from '../../contract/support/backend-contract';
import { tinyBackend, tinyModel } from './tiny-model';

const file = tinyModel();
const backend = tinyBackend(file);

afterAll(() => backend.dispose());

describe('wllama', () => {
  describeBackendContract({
    models: [file.id],
    modelId: file.id,
    runsOn: 'this-cpu',
    question: 'ping',
    answer: 'pong',
    longQuestion: 'count to one hundred',
    unsupported: { keepAlive: '5m', thinking: true },
    open: () => Promise.resolve(backend),
  });
});
