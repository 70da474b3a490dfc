/** The worker's entry: one wllama engine behind the worker protocol. */
import { serveEngine } from '../shared/worker-host';
import { WllamaEngine } from './engine';

serveEngine((onCrash) => new WllamaEngine(onCrash), self);
