import { text } from "node:stream/consumers";
import { CommandError } from "./command-error";

/** The token of a server: from stdin or from the environment, never from a flag, which other users of the machine could see. */
export async function readToken({ tokenStdin }: { readonly tokenStdin?: boolean }): Promise<string> {
  const token = tokenStdin ? (await text(process.stdin)).trim() : (process.env["LINQ_TOKEN"] ?? "").trim();
  if (token === "") throw new CommandError("there is no token; set LINQ_TOKEN, or give it on stdin with --token-stdin");
  return token;
}
