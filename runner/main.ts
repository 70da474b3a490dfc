/** The program `npm run batch`: its arguments, its signals and its exit code. */
import { Agent, install, setGlobalDispatcher } from 'undici';
import { runBatch } from './run-batch';

/** npm passes a Ctrl-C on that the terminal has sent to us as well: that is one signal, not two. */
const sameSignalMs = 500;

// A server with a long queue says nothing for as long as it takes; Ctrl-C ends the wait.
setGlobalDispatcher(new Agent({ headersTimeout: 0, bodyTimeout: 0 }));
install();
const stopping = new AbortController();
process.exitCode = await runBatch({
  args: process.argv.slice(2),
  variables: process.env,
  // npm changes into the checkout; paths are meant from where the person stands.
  folder: process.env.INIT_CWD ?? process.cwd(),
  stop: stopOnSignal(stopping),
  out: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
});

function stopOnSignal(controller: AbortController): AbortSignal {
  let firstAt: number | undefined;
  const onSignal = (): void => {
    if (firstAt !== undefined && performance.now() - firstAt > sameSignalMs) process.exit(130);
    firstAt ??= performance.now();
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
