import { createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { extname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { YAML_LIMIT_MB } from "../../fixtures/load/fixture-files";
import { type DocumentParts, formatAsJson, formatAsYaml } from "../../fixtures/write/format-document";
import { CommandError, quoted } from "./input";

const STOPPED_BY_SIGINT = 130;
const YAML_NAMES = [".yaml", ".yml"];
const YAML_LIMIT = YAML_LIMIT_MB * 1024 * 1024;

/**
 * Writes a fixture document to a file, as its name says, or as JSON to stdout. What was in the file before stays until all is written.
 *
 * @throws CommandError when it cannot be written, or could not be read again
 */
export async function writeDocument(
  parts: DocumentParts,
  out: string | undefined,
  options: { readonly mode?: number } = {},
): Promise<void> {
  if (out === undefined) return show(parts);
  const unfinished = `${out}.unfinished`;
  const abandon = (): never => {
    rmSync(unfinished, { force: true });
    process.exit(STOPPED_BY_SIGINT);
  };
  process.once("SIGINT", abandon);
  const texts = isYaml(out) ? upToLimit(formatAsYaml(parts), out) : formatAsJson(parts);
  try {
    rmSync(unfinished, { force: true }); // a mode is that of a new file only
    await pipeline(Readable.from(texts), createWriteStream(unfinished, options));
    renameSync(unfinished, out);
  } catch (error) {
    rmSync(unfinished, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`${out} cannot be written: ${code === "ENOENT" ? "there is no such folder" : message}`);
  } finally {
    process.off("SIGINT", abandon);
  }
}

/** Whoever read it may have had enough of it. */
async function show(parts: DocumentParts): Promise<void> {
  try {
    await pipeline(Readable.from(formatAsJson(parts)), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

/** Whether a fixture can be written to a file, which is not there, or may be overwritten. @throws CommandError when it cannot */
export function checkOutput(out: string | undefined, { force = false }: { readonly force?: boolean | undefined }): void {
  if (out === undefined) return;
  if (!isYaml(out) && extname(out) !== ".json")
    throw new CommandError(`${out} is no name of a fixture; it ends in .json, .yaml or .yml`);
  if (!force && existsSync(out)) throw new CommandError(`${out} is there already; --force overwrites it`);
}

/** Says what was written, and what to do with it. */
export function sayWritten(out: string | undefined): void {
  if (out !== undefined) process.stderr.write(`Written: ${out}\nServe it: npx linq-mock --fixtures ${quoted(out)}\n`);
}

function isYaml(name: string): boolean {
  return YAML_NAMES.includes(extname(name));
}

function* upToLimit(texts: Iterable<string>, out: string): Generator<string> {
  let written = 0;
  for (const text of texts) {
    written += Buffer.byteLength(text);
    if (written > YAML_LIMIT) {
      throw new CommandError(`${out} would hold more than the ${YAML_LIMIT_MB} MB of YAML that can be read; write it as .json`);
    }
    yield text;
  }
}
