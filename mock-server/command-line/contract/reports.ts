import { accessSync, constants, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { messageOf } from "../../../contracts/error-message";
import type { ContractLines } from "../../../contracts/suite/reports/github";
import { renderers } from "../../../contracts/suite/reports/index";
import type { JsonReport } from "../../../contracts/suite/reports/json";
import { CommandError } from "../input";

export interface OpenReports {
  /** Whether one of them goes to stdout, so that nothing else may. */
  readonly useStdout: boolean;
  /** One that holds all of the report; undefined when none does. */
  readonly file: string | undefined;
  write(report: JsonReport, contractLines: ContractLines): void;
  /** What there is of reports when a run has made none, as a sentence; undefined when none was asked for. */
  readonly noneWritten: string | undefined;
}

/**
 * Where reports go. Whether they can is looked at before anything is asked, so that no run is lost to a folder that is not there; they are written at
 * the end. `-` is stdout.
 *
 * @throws CommandError when one cannot be written
 */
export function openReports(reports: readonly string[]): OpenReports {
  const files = reports.map((report) => {
    const [format = "", ...rest] = report.split("=");
    return { format: format as keyof typeof renderers, file: rest.join("=") };
  });
  for (const { file } of files) if (file !== "-") requireWritable(file);
  return {
    useStdout: files.some(({ file }) => file === "-"),
    file: files.find(({ format, file }) => format !== "github" && file !== "-")?.file,
    write: (report, contractLines) => {
      for (const { format, file } of files) {
        const rendered = renderers[format](report, contractLines);
        if (file === "-") process.stdout.write(rendered);
        else writeWhole(file, rendered);
      }
    },
    noneWritten: sayNoneWritten(files.map(({ file }) => file)),
  };
}

function sayNoneWritten(files: readonly string[]): string | undefined {
  if (files.length === 0) return undefined;
  const earlier = files.filter((file) => file !== "-" && isFile(file));
  const old = earlier.length > 0 ? `; of an earlier run ${earlier.length === 1 ? "is" : "are"} ${earlier.join(", ")}` : "";
  return `No report was written${old}.`;
}

/** @throws CommandError when it cannot be written */
export function requireWritable(file: string): void {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error("it is a folder");
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  } catch (error) {
    throw new CommandError(`the report ${file} cannot be written: ${messageOf(error)}`);
  }
}

/** Writes a file so that nobody finds half of it, nor an empty one. A pipe or a device is written to as it is. */
export function writeWhole(file: string, text: string): void {
  if (existsSync(file) && !isFile(file)) return writeFileSync(file, text);
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch {
    rmSync(unfinished, { force: true });
    writeFileSync(file, text); // in a folder that takes no new files
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The lines of the contracts, as they are shipped beside the bundle, for reports that say where a clause stands. */
export function contractLines(): ContractLines {
  return { v2: linesOf("contracts/linq-v2.openapi.yaml"), v3: linesOf("contracts/linq-v3.openapi.yaml") };
}

function linesOf(contract: string): readonly string[] {
  const path = [join(__dirname, "..", contract), join(__dirname, "../../..", contract)].find(existsSync);
  return path === undefined ? [] : readFileSync(path, "utf8").split("\n");
}
