import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderers } from "../../../contracts/suite/reports/index";
import type { JsonReport } from "../../../contracts/suite/reports/json";
import { messageOf } from "../../../contracts/wording";
import { CommandError } from "../input";

interface OpenReports {
  /** Whether one of them goes to stdout, so that nothing else may. */
  readonly useStdout: boolean;
  /** One that holds all of the report; undefined when none does. */
  readonly file: string | undefined;
  write(report: JsonReport, contractLines: readonly string[]): void;
}

/**
 * Where reports go. The files are opened before anything is asked, so that no run is lost to a folder that is not there. `-` is stdout.
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
        else writeFileSync(file, rendered);
      }
    },
  };
}

/** @throws CommandError when it cannot be written */
export function requireWritable(file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    throw new CommandError(`the report ${file} cannot be written: ${messageOf(error)}`);
  }
}

const CONTRACT = "contracts/linq-v2.openapi.yaml";

/** The lines of the contract, as it is shipped beside the bundle, for reports that say where a clause stands. */
export function contractLines(): string[] {
  const path = [join(__dirname, "..", CONTRACT), join(__dirname, "../../..", CONTRACT)].find(existsSync);
  return path === undefined ? [] : readFileSync(path, "utf8").split("\n");
}
