import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { messageOf } from "../../contracts/error-message";
import { FixtureError, problemText } from "../../fixtures/load/problem";
import { FAULTS } from "../server/world-loader";

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
    throw new CommandError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

/** The token of a server: from stdin or from the environment, never from a flag, which other users of the machine could see. */
export async function readToken({ tokenStdin }: { readonly tokenStdin?: boolean }): Promise<string> {
  const token = tokenStdin ? (await text(process.stdin)).trim() : (process.env["LINQ_TOKEN"] ?? "").trim();
  if (token === "")
    throw new CommandError("there is no token; set LINQ_TOKEN (a mock takes any), or give it on stdin with --token-stdin");
  return token;
}

const MOST_SHOWN = 10;

/** Why fixtures that a command was given cannot be served: each mistake, with its line. Other errors stay as they are. */
export function explainFixtures(error: unknown, given: readonly string[] = []): unknown {
  if (!(error instanceof FixtureError) || error.problems.length < 2 || error.problems[0]?.file === FAULTS) return error;
  const shown = error.problems.slice(0, MOST_SHOWN).map(problemText).join("");
  const more = error.problems.length - MOST_SHOWN;
  const together = given.length > 1 ? " --together" : "";
  const rest =
    more > 0 ? `and ${more} more: npx linq-mock fixtures validate${together} ${given.map(quoted).join(" ")} shows all\n` : "";
  return new CommandError(`cannot serve these fixtures\n${shown}${rest}`.trimEnd(), { isSafe: true });
}

/** A path as a shell takes it for one word. */
export function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** Why a command cannot do what it was asked: one sentence for people. It ends with exit code 2. */
export class CommandError extends Error {
  /** Whether it has lines, and no other control characters. */
  readonly isSafe: boolean;

  constructor(message: string, { isSafe = false }: { readonly isSafe?: boolean } = {}) {
    super(message);
    this.isSafe = isSafe;
  }
}
