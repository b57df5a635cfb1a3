import { type ContractLines, renderGithub } from "./github";
import { renderHtml } from "./html";
import type { JsonReport } from "./json";
import { renderJunit } from "./junit";

/** Writes a report as the content of a file. */
export type Renderer = (report: JsonReport, contractLines?: ContractLines) => string;

/** What writes each format of `--report <format>=<file>`. */
export const renderers = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: renderJunit,
  github: renderGithub,
  html: renderHtml,
} satisfies Readonly<Record<string, Renderer>>;
