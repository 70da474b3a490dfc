/** What page and reach worker say to each other. `undefined`: the browser does not let even the worker tell. */
export type ReachReply = boolean | undefined;
