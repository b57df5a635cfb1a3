/** Node's own global object for each test file, in place of a copy behind a proxy: what a file changes of it, or of the process, ends with the file. */

import type { Context } from "node:vm";
import NodeEnvironment from "jest-environment-node";

type Arguments = ConstructorParameters<typeof NodeEnvironment>;
type Modern = NonNullable<NodeEnvironment["fakeTimersModern"]>;

/** Stands for Node's own context where Jest hands one to `vm.compileFunction`, which takes none for that. */
export const ONE_GLOBAL = {} as Context;

const globals = Object.getOwnPropertyDescriptors(globalThis);
const env = { ...process.env };
const { exit } = process;

export default class OneGlobalEnvironment extends NodeEnvironment {
  constructor(...[config, context]: Arguments) {
    super(config, context);
    this.global = globalThis as unknown as NodeEnvironment["global"];
    this.moduleMocker = make(this.moduleMocker, this.global);
    this.fakeTimersModern = make(this.fakeTimersModern as Modern, { config: config.projectConfig, global: this.global });
  }

  override getVmContext() {
    return this.context && ONE_GLOBAL;
  }

  override async teardown(): Promise<void> {
    await super.teardown();
    for (const name of Reflect.ownKeys(globalThis)) {
      const before = Reflect.get(globals, name) as PropertyDescriptor | undefined;
      if (before === undefined) Reflect.deleteProperty(globalThis, name);
      else if (before.writable && Reflect.get(globalThis, name) !== before.value) Reflect.set(globalThis, name, before.value);
    }
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    process.exit = exit;
  }
}

/** Another of the same class, which the environment of Jest does not export. */
function make<T extends object | null>(one: T, argument: unknown): T {
  return Reflect.construct(one?.constructor as new (argument: unknown) => T & object, [argument]);
}
