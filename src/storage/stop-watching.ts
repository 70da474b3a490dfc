/** Ends a watch; nothing is called back afterwards. */
export type StopWatching = () => void;
