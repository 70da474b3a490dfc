/** What download worker and network worker say to each other. */

export type NetworkRequest =
  | {
      readonly id: number;
      readonly type: 'get';
      readonly url: string;
      readonly headers: Record<string, string>;
    }
  /** So many bytes were taken from the queue. */
  | { readonly id: number; readonly type: 'took'; readonly bytes: number }
  | { readonly id: number; readonly type: 'abort' };

export type NetworkReply =
  | {
      readonly id: number;
      readonly type: 'head';
      readonly status: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
    }
  | { readonly id: number; readonly type: 'chunk'; readonly chunk: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly type: 'end' }
  /** The connection failed or broke; what was sent as chunks before is good. */
  | { readonly id: number; readonly type: 'broken'; readonly said: string };
