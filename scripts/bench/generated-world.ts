import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export const GENERATED = { chats: 100_000, messages: 1_000_000, contacts: 20_000 };

/** Has `linq-mock fixtures generate` write a world of that size into a folder; resolves with the file. */
export async function generateWorld(folder: string): Promise<string> {
  const file = join(folder, "generated.json");
  const wishes = Object.entries(GENERATED).flatMap(([what, count]) => [`--${what}`, String(count)]);
  await promisify(execFile)(process.execPath, ["dist/cli.js", "fixtures", "generate", ...wishes, "--out", file]);
  return file;
}
