import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

/** What files in other encodings begin with, as bytes in hexadecimal, and what to do about them. */
const OTHERS: readonly (readonly [start: RegExp, what: string])[] = [
  [/^(?:fffe|feff|7b00|007b)/, "is in UTF-16; save it in UTF-8"],
  [/^1f8b/, "is compressed with gzip; unpack it first"],
  [/^504b0304/, "is a ZIP archive; unpack it first"],
];
const LONGEST_START = 4;

/** What is in a text file. @throws CommandError when it cannot be read, or is in another encoding than UTF-8 */
export function readText(file: string): string {
  const bytes = orExplained(file, () => readFileSync(file));
  const start = bytes.subarray(0, LONGEST_START).toString("hex");
  const other = OTHERS.find(([pattern]) => pattern.test(start));
  if (other) throw new CommandError(`${file} ${other[1]}`);
  return orExplained(file, () => bytes.toString("utf8")); // fails when it is too long
}

function orExplained<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The token of a server: from stdin or from the environment, never from a flag, which other users of the machine could see. */
export async function readToken({ tokenStdin }: { readonly tokenStdin?: boolean }): Promise<string> {
  const token = tokenStdin ? (await text(process.stdin)).trim() : (process.env["LINQ_TOKEN"] ?? "").trim();
  if (token === "") throw new CommandError("there is no token; set LINQ_TOKEN, or give it on stdin with --token-stdin");
  return token;
}

/** Why a command cannot do what it was asked: one sentence for people. It ends with exit code 2. */
export class CommandError extends Error {}
