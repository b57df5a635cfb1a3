/** Jest's own runner, without what Jest and Node 20 do again for each test file. */

import { readFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import vm from "node:vm";
import { createScriptTransformer } from "@jest/transform";
import { ONE_GLOBAL } from "./test-environment";

type Transformer = Awaited<ReturnType<typeof createScriptTransformer>>;
type RequireModule = (from: string, name?: string, ...options: unknown[]) => unknown;

interface Runtime {
  requireModule: RequireModule;
  requireInternalModule: RequireModule;
  getSourceMaps(): Map<string, string>;
}

type Config = Parameters<typeof createScriptTransformer>[0];
type Runner = (
  all: unknown,
  config: Config,
  environment: { global: object },
  runtime: Runtime,
  ...more: unknown[]
) => Promise<unknown>;

const { default: runFile } = require("jest-circus/runner") as { readonly default: Runner };

let transformer: Transformer | undefined;

const runTests: Runner = async (all, config, environment, runtime, ...more) => {
  transformer ??= await createScriptTransformer(config);
  if (environment.global === globalThis) shareModules(runtime, transformer);
  return runFile(all, config, environment, runtime, ...more);
};

export default runTests;

const OPTIONS = {
  ...{ collectCoverage: false, collectCoverageFrom: [], coverageProvider: "v8" as const },
  ...{ isInternalModule: false, supportsDynamicImport: false, supportsExportNamespaceFrom: false },
  ...{ supportsStaticESM: false, supportsTopLevelAwait: false },
};

/** Where the source maps of shared modules are, for the stacks of what fails. */
const sourceMaps = new Map<string, string>();

/**
 * What a test file imports is loaded by Node itself, once for all files of a worker, and is soon compiled as well as in a server that runs for a
 * while, and so is what Jest's own runner imports. The file, and the helpers that have hooks or remember something for it, are loaded for each.
 */
function shareModules(runtime: Runtime, transformer: Transformer): void {
  const { requireModule } = runtime;
  for (const [path, map] of sourceMaps) runtime.getSourceMaps().set(path, map);

  (Module as unknown as { _extensions: NodeJS.RequireExtensions })._extensions[".ts"] = (module, path) => {
    const { code, sourceMapPath } = transformer.transform(path, OPTIONS);
    if (sourceMapPath) {
      sourceMaps.set(path, sourceMapPath);
      runtime.getSourceMaps().set(path, sourceMapPath);
    }
    (module as unknown as { _compile(code: string, path: string): void })._compile(code, path);
  };

  runtime.requireModule = (from, name, ...options) => {
    const load = createRequire(from);
    const path = options.length > 0 ? undefined : name === undefined ? from : load.resolve(name);
    return path === undefined || isOfOneFile(path) ? requireModule.call(runtime, from, name, ...options) : load(path);
  };

  const { requireInternalModule } = runtime;
  runtime.requireInternalModule = (from, name, ...options) => {
    if (name === undefined) return requireInternalModule.call(runtime, from, name, ...options);
    return name === "node:async_hooks" ? { AsyncLocalStorage: SerialStorage } : createRequire(from)(name);
  };
}

const ofOneFile = new Map<string, boolean>();

/** Whether it is a test file, or a helper in a folder `testing` that has hooks or a variable of its own, or imports one that has. */
function isOfOneFile(path: string): boolean {
  const known = path.endsWith(".test.ts") || ofOneFile.get(path);
  if (known !== undefined || !/\/testing\/.*\.ts$/.test(path)) return known ?? false;
  const text = readFileSync(path, "utf8");
  const imported = [...text.matchAll(/from "(\..*\/.*)"/g)].map(([, name = ""]) => createRequire(path).resolve(name));
  const found = /^(?:(?:before|after)(?:All|Each)\(|let )/m.test(text) || imported.some(isOfOneFile);
  ofOneFile.set(path, found);
  return found;
}

/** Jest's runner asks which test is running. None of ours is concurrent, so that needs no look at every promise, as Node 20 has it. */
class SerialStorage<Store> {
  #store: Store | undefined;

  getStore(): Store | undefined {
    return this.#store;
  }

  async run<Result>(store: Store, callback: () => Promise<Result>): Promise<Result> {
    const outer = this.#store;
    this.#store = store;
    try {
      return await callback();
    } finally {
      this.#store = outer;
    }
  }
}

/** The code that Jest compiles, by path, with what V8 has made of it: its own modules are loaded for each file. */
const compiled = new Map<string | undefined, { readonly code: string; readonly cachedData: Buffer | undefined }>();

const { compileFunction } = vm;
vm.compileFunction = (code, params, { parsingContext, ...others } = {}) => {
  const options = parsingContext === undefined || parsingContext === ONE_GLOBAL ? others : { ...others, parsingContext };
  const known = compiled.get(options.filename);
  if (known?.code === code) return compileFunction(code, params, { ...options, cachedData: known.cachedData });
  const made = compileFunction(code, params, { ...options, produceCachedData: true });
  compiled.set(options.filename, { code, cachedData: made.cachedData });
  return made;
};
