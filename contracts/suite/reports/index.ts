import { renderGithub } from "./github";
import { renderHtml } from "./html/render-html";
import { renderJson } from "./json";
import { renderJunit } from "./junit";
import type { Renderer } from "./report-context";
import { renderSarif } from "./sarif";

/** What writes each format of `--report <format>=<file>`. */
export const renderers = {
  json: renderJson,
  junit: renderJunit,
  sarif: renderSarif,
  github: renderGithub,
  html: renderHtml,
} satisfies Readonly<Record<string, Renderer>>;
