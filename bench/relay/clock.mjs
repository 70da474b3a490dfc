/** A clock that all processes of this machine share. */

/** @returns {number} milliseconds, with microseconds behind the point */
export function clockMs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
