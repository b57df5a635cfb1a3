import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { version } from "../package.json";

const PAGE = "mock-server/ui";
/** In bytes, gzipped. A page of messages and words needs no more, and whoever waits for it notices. */
const BUDGET = { js: 40_000, css: 8_000, all: 50_000 } as const;

interface BuiltPage {
  readonly sizes: Readonly<Record<keyof typeof BUDGET, number>>;
  readonly metafile: Metafile;
}

/**
 * Bundles the inbox into a folder: one page, one script, one style, the latter two under names that change with what is in them.
 *
 * @throws Error when it is over its budget
 */
export async function bundlePage(outdir: string): Promise<BuiltPage> {
  const { outputFiles, metafile } = await build({
    entryPoints: { page: join(PAGE, "main.tsx") },
    outdir,
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: ["chrome123", "firefox121", "safari17.5"], // the first that know light-dark(), but for Firefox, which is older
    inject: [join(PAGE, "jsx.ts")],
    tsconfigRaw: { compilerOptions: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Fragment" } },
    define: { __VERSION__: JSON.stringify(version) },
    legalComments: "none",
    metafile: true,
    write: false,
  });
  mkdirSync(outdir, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  const nameOf = (extension: string): string => basename(outputFiles.find(({ path }) => path.endsWith(extension))?.path ?? "");
  const html = readFileSync(join(PAGE, "index.html"), "utf8")
    .replace("%SCRIPT%", nameOf(".js"))
    .replace("%STYLE%", nameOf(".css"));
  writeFileSync(join(outdir, "index.html"), html);

  const sizeOf = (extension: string): number =>
    gzipSync(outputFiles.find(({ path }) => path.endsWith(extension))?.contents ?? "").length;
  const [js, css] = [sizeOf(".js"), sizeOf(".css")];
  const sizes = { js, css, all: js + css + gzipSync(html).length };
  for (const part of ["js", "css", "all"] as const) {
    if (sizes[part] > BUDGET[part])
      throw new Error(`The inbox is over its budget: ${part} has ${sizes[part]} of ${BUDGET[part]} bytes`);
  }
  return { sizes, metafile };
}
