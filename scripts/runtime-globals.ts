/**
 * What the bundle has in place of globals: the runtime's own, as they are when the package is loaded. Tests put fakes in the
 * place of timers, and in jsdom some are not there.
 */
import { performance } from "node:perf_hooks";
import timers from "node:timers";
import util from "node:util";
import { deserialize, serialize } from "node:v8";
import { runInNewContext } from "node:vm";

export const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers;
export const { TextDecoder, TextEncoder } = util;
/** The build has `process.nextTick` be this, and those below `Date.now` and `performance.now`. */
export const { nextTick: runtimeNextTick } = process;
const { now } = Date;
const isFaked = !Function.prototype.toString.call(now).includes("[native code]"); // before the package was loaded
export const runtimeNow: () => number = isFaked ? runInNewContext("Date.now") : now;
export const runtimePerformanceNow = (): number => performance.now();

export function structuredClone<T>(value: T): T {
  return deserialize(serialize(value));
}

export function queueMicrotask(run: () => void): void {
  void Promise.resolve().then(run);
}
