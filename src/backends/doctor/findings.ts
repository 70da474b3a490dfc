/** The one table of causes in words: what is the matter, the one fix, the line to copy, what a click can do. */
import type { ServerConnection, ServerKind } from '../../core/connection';
import type { Cause, DoctorAction, DoctorCommand, Finding } from '../../core/diagnosis';
import { serverPresets } from '../presets';
import { originRules } from '../shared/allow-origin';
import { hostOf } from './case';
import { permissionFor } from './local-network';
import { startCommand, upstreamVariable } from './server-commands';
import type { Suspect } from './verdict';

export interface Circumstances {
  readonly connection: ServerConnection;
  readonly isKindKnown: boolean;
  readonly origin: string;
  /** Whether the browser would ask about the local network for this page at all. */
  readonly isSecureContext: boolean;
  readonly modelId?: string;
  /** Whether a click can make this server be called by the relay. */
  readonly hasRelayWay: boolean;
  /** No setting of the relay could make it call this server: its address means another machine there. */
  readonly isBeyondRelay: boolean;
  readonly isAdded: boolean;
}

interface Words {
  readonly title: string;
  readonly fix: string;
  readonly commands?: readonly DoctorCommand[];
  readonly actions?: readonly DoctorAction[];
}

export function findingOf(suspect: Suspect, about: Circumstances): Finding {
  const { title, fix, commands = [], actions = [] } = words[suspect.cause](about, suspect);
  return { ...suspect, title, fix, commands, actions: allowed(actions, about) };
}

/** An address of the relay's configuration cannot be changed here, and a server that nobody can relay cannot be relayed. */
function allowed(actions: readonly DoctorAction[], { hasRelayWay, isAdded }: Circumstances): DoctorAction[] {
  return actions.filter((action) => {
    if (action === 'use-relay') return hasRelayWay;
    return isAdded || (action !== 'change-address' && action !== 'change-kind');
  });
}

const isRelayed = ({ connection }: Circumstances): boolean => connection.via === 'relay';

/** What else a page, or the relay, would see in the same way. */
function lookAlikes(about: Circumstances): string {
  const { connection } = about;
  if (isRelayed(about))
    return `another port or machine looks the same. The relay has the address from ${upstreamVariable(connection.kind)}.`;
  return connection.baseUrl.startsWith('http:')
    ? 'another port or machine looks the same, and so does https with a certificate that this browser does not trust.'
    : 'another port or machine looks the same.';
}

/** Where its address is written down. */
function addressPlace({ connection, isAdded }: Circumstances): string {
  return isAdded
    ? 'Change the address.'
    : `Set ${upstreamVariable(connection.kind)} to the right address where the relay is started, and start it again.`;
}

function keyWords(about: Circumstances, title: string): Words {
  const { connection } = about;
  if (!isRelayed(about))
    return {
      title,
      fix: 'Enter the key that the server was started with, then test again.',
      actions: ['enter-key', 'use-relay'],
    };
  const name = upstreamVariable(connection.kind).replace('_BASE_URL', '_API_KEY');
  return {
    title,
    fix: 'The relay adds the key: set it where the relay is started, and start it again.',
    commands: [{ label: 'Environment of the relay', text: `${name}=…` }],
  };
}

const words: Readonly<Record<Cause, (about: Circumstances, suspect: Suspect) => Words>> = {
  works: ({ connection }) => ({ title: `All is well with ${connection.label}.`, fix: '' }),
  'bad-address': () => ({
    title: 'This is not an address of a server.',
    fix: 'Write the whole address, for example http://localhost:11434.',
    actions: ['change-address'],
  }),
  'relay-not-reachable': () => ({
    title: 'The relay, the program that serves this page, does not answer.',
    fix: 'Start it again where it was started before, then test again.',
    commands: [{ label: 'In the folder of Switchyard', text: 'npm start' }],
  }),
  'relay-wants-token': () => ({
    title: 'The relay asks for its access token.',
    fix: 'Whoever runs the relay has set RELAY_TOKEN and can tell you its value. Enter it, then test again.',
    actions: ['enter-token'],
  }),
  'server-down': (about) => {
    const { connection, isKindKnown } = about;
    const command = isKindKnown ? startCommand(connection) : undefined;
    return {
      title: `Nothing answers at ${hostOf(connection)}.`,
      fix: `Start the server there, or correct the address: ${lookAlikes(about)}`,
      commands: command ? [command] : [],
      actions: ['change-address'],
    };
  },
  'name-not-found': (about) => ({
    title: 'There is no machine of this name.',
    fix: addressPlace(about),
    actions: ['change-address'],
  }),
  'wrong-scheme': (about, { betterUrl }) => ({
    title: 'The address begins with the wrong one of http and https.',
    fix: addressPlace(about),
    commands: betterUrl === undefined ? [] : [{ label: 'Right address', text: betterUrl }],
    actions: ['change-address'],
  }),
  'certificate-refused': (about) =>
    isRelayed(about)
      ? {
          title: 'The relay does not trust the certificate of the server.',
          fix: 'Tell the relay which authority signed it, and start it again.',
          commands: [
            { label: 'Environment of the relay', text: 'NODE_EXTRA_CA_CERTS=/path/to/authority.pem' },
          ],
        }
      : {
          title: 'The browser does not trust the certificate of the server.',
          fix: 'Open the address in a new tab: there the browser says what is wrong with it. Then give the server a certificate that it trusts.',
          commands: [{ label: 'Address to open', text: hostOf(about.connection) }],
          actions: ['use-relay'],
        },
  'mixed-content': ({ hasRelayWay, isBeyondRelay }) => ({
    title: 'A page from https may not call a server with http.',
    fix: hasRelayWay
      ? 'Go through the relay.'
      : isBeyondRelay
        ? 'Give the server an https address.'
        : 'Let the relay call it, or give the server an https address.',
    actions: ['use-relay', 'change-address'],
  }),
  'unreachable-from-browser': ({ connection }) => ({
    title: `${connection.label} runs, but this browser does not reach it.`,
    fix: 'Go through the relay. An extension, a proxy or a firewall may be in the way.',
    actions: ['use-relay'],
  }),
  'local-network-denied': ({ connection, origin, isSecureContext, isBeyondRelay }) => ({
    title: 'The browser does not let this page call the local network.',
    fix: !isSecureContext
      ? `Open this page as http://localhost or over https, where it can be allowed${isBeyondRelay ? '' : ', or let the relay call the server'}.`
      : `Open the browser’s settings for this site, left of its address, and allow it to call ${networkName(connection, origin)}. Then test again.`,
    actions: ['use-relay'],
  }),
  'local-network-unasked': ({ connection, origin }) => ({
    title: 'The browser asks you first whether this page may call the local network.',
    fix: `Test again, and allow it when the browser asks about ${networkName(connection, origin)}.`,
    actions: ['use-relay'],
  }),
  'cors-refused': (about) => {
    const { connection, origin, isKindKnown } = about;
    return {
      title: `${isKindKnown ? connection.label : 'The server'} does not allow this page.`,
      fix: isKindKnown
        ? originRules[connection.kind].note
        : 'Allow the address of this page where the server is started, each kind in its own way.',
      commands: originCommands(isKindKnown ? [connection.kind] : ['ollama', 'vllm', 'llamacpp'], origin),
      actions: ['use-relay'],
    };
  },
  'preflight-refused': ({ connection, origin }) => ({
    title: `${connection.label} refuses the browser’s question before each message.`,
    fix: `It, or the proxy before it, must answer OPTIONS requests without a key, and allow the headers Content-Type and Authorization.`,
    commands: [
      {
        label: 'Headers of the answer to OPTIONS',
        text: `Access-Control-Allow-Origin: ${origin}\nAccess-Control-Allow-Headers: Content-Type, Authorization`,
      },
    ],
    actions: ['use-relay'],
  }),
  'host-refused': (about) => {
    const url = new URL(about.connection.baseUrl);
    const place = about.isAdded ? 'Use the address below' : 'Use the address below for the relay';
    return {
      title: `Ollama refuses to be called by the name ${url.hostname}.`,
      fix: `While it listens on its own machine only, it takes localhost and private names alone. ${place}, or let Ollama listen on the network (OLLAMA_HOST=0.0.0.0).`,
      commands: [
        { label: 'Address, on the machine of Ollama', text: `http://localhost:${url.port || '11434'}` },
      ],
      actions: ['change-address'],
    };
  },
  'key-missing': (about) => keyWords(about, `${about.connection.label} wants a key.`),
  'key-wrong': (about) => keyWords(about, `${about.connection.label} does not accept the key.`),
  'wrong-path': (about, { betterUrl }) => ({
    title: 'The server is not at this path.',
    fix: addressPlace(about),
    commands: betterUrl === undefined ? [] : [{ label: 'Right address', text: betterUrl }],
    actions: ['change-address'],
  }),
  'wrong-kind': (about, { foundKind = 'openai' }) => ({
    title: `It is ${serverPresets[foundKind].label}, and was set up as ${serverPresets[about.connection.kind].label}.`,
    fix: about.isAdded
      ? `Set it up as ${serverPresets[foundKind].label}.`
      : `Name its address in ${upstreamVariable(foundKind)} instead of ${upstreamVariable(about.connection.kind)} where the relay is started, and start it again.`,
    actions: ['change-kind'],
  }),
  'not-a-model-server': (about) => ({
    title: `Another program answers at ${hostOf(about.connection)}.`,
    fix: `It is not a model server that this page knows: check the port. ${about.isKindKnown ? `${serverPresets[about.connection.kind].label} is usually at ${serverPresets[about.connection.kind].usualBaseUrl}.` : ''}`.trim(),
    actions: ['change-address'],
  }),
  busy: ({ connection }) => ({
    title: `${connection.label} is busy with another request.`,
    fix:
      connection.kind === 'instructlab'
        ? 'It takes one connection at a time: wait until the other answer is done, then test again.'
        : 'Wait a moment, then test again.',
    actions: connection.kind === 'instructlab' ? ['use-relay'] : [],
  }),
  'too-slow': ({ connection }) => ({
    title: `${connection.label} takes the call, but does not answer in time.`,
    fix: 'It may be loading a model or be stuck: wait a moment and test again, or start it again.',
  }),
  loading: ({ connection }) => ({
    title: `${connection.label} is still loading its model.`,
    fix: 'Wait a moment, then test again.',
  }),
  'server-failing': ({ connection }) => ({
    title: `${connection.label} fails at a plain question.`,
    fix: 'Its log says why; start it again.',
  }),
  'model-missing': ({ connection, modelId = '' }) => ({
    title: `${connection.label} does not have this model.`,
    fix:
      connection.kind === 'ollama'
        ? 'Get it, or choose another model.'
        : 'Choose one that it lists, or start the server with this one.',
    commands:
      connection.kind === 'ollama'
        ? [{ label: 'On the machine of Ollama', text: `ollama pull ${modelId}` }]
        : [],
  }),
  'no-models': ({ connection }) => ({
    title: `${connection.label} has no model yet.`,
    fix:
      connection.kind === 'ollama'
        ? 'Get one on its machine, for example this small one.'
        : 'Start the server with a model.',
    commands:
      connection.kind === 'ollama'
        ? [{ label: 'On the machine of Ollama', text: 'ollama pull smollm2' }]
        : [],
  }),
};

function originCommands(kinds: readonly ServerKind[], origin: string): DoctorCommand[] {
  return kinds.flatMap((kind) => {
    const { line, place } = originRules[kind];
    return line ? [{ label: place, text: line(origin) }] : [];
  });
}

/** In the words of browsers, with the name that they use inside. */
function networkName({ baseUrl }: ServerConnection, origin: string): string {
  const name = permissionFor(new URL(baseUrl), new URL(origin));
  return name === 'loopback-network'
    ? 'programs on this device (loopback-network)'
    : 'devices on your network (local-network)';
}
