/** What `bench/rag.mjs` calls: one function for each of its parts. */
import { fused } from './fused/fused';
import { keywords } from './keywords/keywords';
import { vectors } from './vectors/vectors';

Object.assign(window, { fused, keywords, vectors });
