/** The quantization that the name of a model tells. */

const pattern =
  /(?:^|[-_.:/ ])(iq\d\w*|q\d(?:_\w+|f\d+_\d+)?|bf16|fp?16|fp?32|fp8|int[48]|awq|gptq|mxfp4|nvfp4)(?=$|[-_.:/ ])/i;

/** Upper case, so that `q4_k_m` and `Q4_K_M` are the same; undefined where the name tells none. */
export function quantizationIn(name: string): string | undefined {
  return pattern.exec(name)?.[1]?.toUpperCase();
}
