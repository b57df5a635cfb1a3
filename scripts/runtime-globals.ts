/**
 * What the bundle has in place of globals: the runtime's own, as they are when the package is loaded. Tests put fakes in the
 * place of timers, and in jsdom some are not there.
 */
import timers from "node:timers";
import util from "node:util";
import { deserialize, serialize } from "node:v8";

export const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers;
export const { TextDecoder, TextEncoder } = util;
/** The build has `process.nextTick` be this. */
export const { nextTick: runtimeNextTick } = process;

export function structuredClone<T>(value: T): T {
  return deserialize(serialize(value));
}

export function queueMicrotask(run: () => void): void {
  void Promise.resolve().then(run);
}
