/** Jest's own runner, without what Jest and Node 20 do again for each test file. */

import { AsyncLocalStorage } from "node:async_hooks";
import vm from "node:vm";

type Runner = (...args: unknown[]) => Promise<unknown>;

const { default: runFile } = require("jest-circus/runner") as { readonly default: Runner };

/** The code of modules, by their paths, with what V8 has compiled it to: each test file compiles what it loads anew. */
const compiled = new Map<string | undefined, { readonly code: string; readonly cachedData: Buffer | undefined }>();

const { compileFunction } = vm;
vm.compileFunction = (code, params, options = {}) => {
  const known = compiled.get(options.filename);
  if (known?.code === code) return compileFunction(code, params, { ...options, cachedData: known.cachedData });
  const made = compileFunction(code, params, { ...options, produceCachedData: true });
  compiled.set(options.filename, { code, cachedData: made.cachedData });
  return made;
};

/** Each file's runner has a storage of its own, which Node 20 would go on to ask at every promise of every later file. */
const storages = new Set<AsyncLocalStorage<unknown>>();

const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: unknown[]) {
  storages.add(this);
  return Reflect.apply(run, this, args);
} as typeof run;

const runTests: Runner = (...args) =>
  runFile(...args).finally(() => {
    for (const storage of storages) storage.disable();
    storages.clear();
  });

export default runTests;
