import { readFileSync } from "node:fs";
import { CommandError } from "./command-error";

/** What is in a text file. @throws CommandError when it cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
