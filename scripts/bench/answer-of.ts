import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { bundle } from "../build/bundle";

/** Runs `node ...args` to its end; resolves with the JSON that it prints. */
export async function answerOf<T>(args: readonly string[]): Promise<T> {
  const env = { ...process.env, NODE_PATH: resolve("node_modules") }; // for bundles, which are elsewhere
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout) as T;
}

/** A script of the bench as a bundle in a folder, because that is what users run: its path. */
export async function bundledScript(folder: string, name: string): Promise<string> {
  await bundle({ [name]: `scripts/bench/${name}.ts` }, folder);
  return join(folder, `${name}.js`);
}
