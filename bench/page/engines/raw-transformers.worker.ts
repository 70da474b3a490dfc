/** Transformers.js alone, with the text streamer that it brings along. */
import { AutoModelForCausalLM, AutoTokenizer, type Tensor, TextStreamer } from '@huggingface/transformers';
import { graphNames } from '../../../src/backends/transformers/graph-names';
import { installModelFiles, modelName } from '../../../src/backends/transformers/model-files';
import { installRuntime } from '../../../src/backends/transformers/runtime';
import { serveRaw } from './raw-protocol';

type Inputs = Readonly<Record<'input_ids' | 'attention_mask', Tensor>>;

serveRaw(async ({ model, files, threads }) => {
  installRuntime(threads);
  installModelFiles(files);
  const tokenizer = await AutoTokenizer.from_pretrained(modelName);
  const options = { ...graphNames(model), device: 'wasm' } as const;
  const loaded = await AutoModelForCausalLM.from_pretrained(modelName, options);
  return async ({ messages, maxTokens }, onText) => {
    const turns = messages.map(({ role, text }) => ({ role, content: text }));
    const template = { add_generation_prompt: true, return_dict: true };
    const inputs = tokenizer.apply_chat_template(turns, template) as Inputs;
    let answerTokens = 0;
    await loaded.generate({
      ...inputs,
      do_sample: false,
      repetition_penalty: 1,
      max_new_tokens: maxTokens,
      streamer: new TextStreamer(tokenizer, {
        skip_prompt: true,
        callback_function: () => undefined,
        // The text comes word by word; what counts is the first token.
        token_callback_function: (tokens) => {
          answerTokens += tokens.length;
          onText();
        },
      }),
    });
    return { readTokens: inputs.input_ids.dims[1] ?? NaN, answerTokens };
  };
});
