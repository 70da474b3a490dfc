/** The worker's entry: one Transformers.js engine behind the worker protocol. */
import { serveEngine } from '../shared/worker-host';
import { TransformersEngine } from './engine';

serveEngine((onCrash) => new TransformersEngine(onCrash), self);
