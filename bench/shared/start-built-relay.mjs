/** A relay of the current build in a process of its own, in front of one OpenAI-style server. */
import { join } from 'node:path';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { root } from '../../scripts/shared/root.mjs';
import { startService } from '../../scripts/shared/start-service.mjs';
import { withoutRelayVariables } from '../../scripts/shared/without-relay-variables.mjs';

/**
 * @param {string} upstream
 * @param {string} page folder
 * @param {string} modelId the one that it opens with
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startBuiltRelay(upstream, page, modelId) {
  const port = await freePort();
  const nowhere = 'http://127.0.0.1:9';
  const { url, stop } = await startService({
    command: process.execPath,
    args: [join(root, 'dist', 'relay', 'server.js')],
    env: {
      ...withoutRelayVariables(process.env),
      PORT: String(port),
      RELAY_PAGE_DIR: page,
      OPENAI_BASE_URL: upstream,
      OLLAMA_BASE_URL: nowhere,
      VLLM_BASE_URL: nowhere,
      LLM_BACKEND_TYPE: 'openai',
      DEFAULT_MODEL_NAME: modelId,
    },
    url: `http://localhost:${port}`,
    readyPath: '/api/health',
    timeoutMs: 30_000,
  });
  return { url, stop };
}
