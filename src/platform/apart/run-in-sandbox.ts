/**
 * Runs a person's own function where it reaches neither page, storage nor network, and ends it after a time limit.
 * How: see `public/sandbox.html` and docs/decisions/2026-11-29-checks-in-a-sandbox.md.
 */

/** What the sandbox answers. `isLate`: the function was ended. */
interface Reply {
  readonly value?: unknown;
  readonly error?: string;
  readonly isLate?: true;
}

const address = '/sandbox.html';
/** Milliseconds. Time enough for a check, and little enough to wait for. */
const usualLimitMs = 2000;
/** Milliseconds beyond the limit: the frame may still have to be fetched, and workers have to start. */
const graceMs = 10_000;

let frame: HTMLIFrameElement | undefined;
let ready: Promise<Window> | undefined;

/**
 * @param code a JavaScript expression that is a function
 * @param args what it is called with
 * @returns what it returned, as far as that can be cloned; a promise is awaited
 * @throws Error, its message for people, where it threw, took too long or the sandbox cannot be had
 */
export async function runInSandbox(
  code: string,
  args: readonly string[],
  limitMs = usualLimitMs,
): Promise<unknown> {
  const reply = await ask({ code, args, limitMs });
  if (reply === undefined) {
    forget();
    throw new Error('The sandbox for code could not be loaded: it needs the server of this page.');
  }
  if (reply.isLate) throw new Error(`The code was ended: it took longer than ${limitMs / 1000} seconds.`);
  if (reply.error !== undefined) throw new Error(`The code failed: ${reply.error}`);
  return reply.value;
}

/** Undefined for no answer. */
async function ask(request: {
  readonly code: string;
  readonly args: readonly string[];
  readonly limitMs: number;
}): Promise<Reply | undefined> {
  const sandbox = await (ready ??= open());
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const end = (reply?: Reply): void => {
      clearTimeout(timer);
      port1.close();
      resolve(reply);
    };
    const timer = setTimeout(() => end(), request.limitMs + graceMs);
    port1.onmessage = ({ data }: MessageEvent<Reply>) => end(data);
    // Its origin is one that has no name; the port goes to this frame and to nobody else.
    sandbox.postMessage(request, '*', [port2]);
  });
}

/** Kept for the next call: a frame is dear, a worker in it is not. */
function open(): Promise<Window> {
  const element = document.createElement('iframe');
  element.hidden = true;
  element.title = 'Sandbox for code';
  element.setAttribute('sandbox', 'allow-scripts');
  element.src = address;
  frame = element;
  return new Promise((resolve, reject) => {
    element.onload = () =>
      element.contentWindow ? resolve(element.contentWindow) : reject(new Error('The sandbox is gone.'));
    document.body.append(element);
  });
}

/** What did not answer once is opened anew by the next call. */
function forget(): void {
  frame?.remove();
  frame = undefined;
  ready = undefined;
}
