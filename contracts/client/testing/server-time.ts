import { type ClientTime, realTime } from "../pace";

/** Time of which a client never waits for any: it advances the clock of the server that it asks. */
export function serverTime(advance: (ms: number) => Promise<unknown>): ClientTime {
  let advanced = 0;
  return {
    now: () => Date.now() + advanced,
    deadline: realTime.deadline,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      advanced += ms;
      await advance(Math.ceil(ms));
    },
  };
}
