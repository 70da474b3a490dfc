/** The worker's entry: one WebLLM engine behind the worker protocol. */
import { MLCEngine } from '@mlc-ai/web-llm';
import { serveEngine } from '../shared/worker-host';
import { WebLlmEngine } from './engine';

serveEngine((onCrash) => new WebLlmEngine((config) => new MLCEngine(config), onCrash), self);
