/** The environment without what the relay reads: settings of a person must not change the result of a test. */
const relayVariables =
  /^(HOST|PORT|.*_BASE_URL|.*_API_KEY|LLM_BACKEND_TYPE|DEFAULT_MODEL_NAME|RELAY_.*|SWITCHYARD_CONFIG|SWITCHYARD_MODEL_MIRROR)$/;

/** @param {NodeJS.ProcessEnv} environment */
export function withoutRelayVariables(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !relayVariables.test(name)));
}
