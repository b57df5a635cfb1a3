import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile, type Plugin, transform } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { bundlePage } from "./build-page";

const SOURCES = ["mock-server", "contracts", "fixtures"];
const BUILDER = ["package.json", "scripts/build.ts", "scripts/build-page.ts", "scripts/runtime-globals.ts"];
const DIST = "dist";
const LIBRARIES = { index: "mock-server/index.ts", jest: "contracts/matcher/jest.ts" };
const BROWSER = "mock-server/browser.ts";

/** Bundles the package into dist/, as it is shipped, unless that is newer than every source. So say `npm start` and Jest: another mock may run from it. */
async function bundleIfStale(): Promise<void> {
  if (!isPackageFresh()) await bundlePackage();
}

/** Beside what is there until it is whole: a mock that runs from it reads files when it needs them. */
async function bundlePackage(): Promise<void> {
  const folder = `${DIST}-${process.pid}`;
  try {
    await bundle({ ...LIBRARIES, cli: "mock-server/cli.ts" }, folder);
    const { metafile } = await bundlePage(join(folder, "ui"));
    writeFileSync(join(folder, "ui/LICENSES.txt"), licenses(metafile));
    for (const [extension, format] of [["mjs", "esm"] as const, ["js", "cjs"] as const]) {
      const outfile = join(folder, `browser.${extension}`);
      await build({ entryPoints: [BROWSER], outfile, bundle: true, format, platform: "browser", target: "es2022" });
    }
    rmSync(DIST, { recursive: true, force: true });
    renameSync(folder, DIST);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the declarations of what users import, and nothing else, beside it. */
async function bundleTypes(): Promise<void> {
  const types = await rollup({
    input: { ...LIBRARIES, browser: BROWSER },
    external: (id) => !/^[./]|^(mock-server|contracts)\//.test(id),
    plugins: [dts()],
  });
  await types.write({ dir: DIST, format: "es" });
}

function isPackageFresh(): boolean {
  const built = statSync(join(DIST, "browser.js"), { throwIfNoEntry: false }); // the last that is written
  if (!built) return false;
  const sources = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  return [...BUILDER, ...sources].every((path) => statSync(path).mtimeMs < built.mtimeMs);
}

/**
 * Bundles our code and everything that it depends on into a folder, as it is shipped (docs/decisions/0001-one-bundled-build.md): split where it says
 * `import()`, so that what a start does not need is not read, and CommonJS, which every Node and Jest can load.
 */
export async function bundle(
  entryPoints: Record<string, string>,
  outdir: string,
  morePlugins: readonly Plugin[] = [],
): Promise<void> {
  const { outputFiles, metafile } = await build({
    entryPoints,
    outdir,
    bundle: true,
    splitting: true, // needs ES modules
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"], // as CommonJS, some have parts that cannot be found when they are built
    inject: ["scripts/runtime-globals.ts"],
    define: {
      "process.nextTick": "runtimeNextTick",
      "Date.now": "runtimeNow",
      "performance.now": "runtimePerformanceNow",
    },
    alias: { "@jsdevtools/ono": "./node_modules/@jsdevtools/ono/cjs/index.js" }, // as an ES module, it is half of each
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none", // all are in the file of licenses
    logLevel: "warning",
    metafile: true,
    write: false,
    plugins: [englishForPrism, ownTimers, ...morePlugins],
  });
  mkdirSync(outdir, { recursive: true });
  const written = outputFiles.map(async ({ path, text }) => writeFileSync(path, await asCommonJs(text)));
  await Promise.all(written);
  writeFileSync(join(outdir, "LICENSES.txt"), licenses(metafile));
}

/** Prism asks its own faker for all locales, 5 MB, and uses the English one. */
const englishForPrism: Plugin = {
  name: "english-for-prism",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@faker-js\/faker$/ }, ({ importer, kind, resolveDir }) =>
      importer.includes("@stoplight") ? resolve("@faker-js/faker/locale/en", { kind, resolveDir }) : undefined,
    );
  },
};

/** As scripts/runtime-globals.ts does with globals: some test runners put their fakes into Node's modules, too. */
const ownTimers: Plugin = {
  name: "own-timers",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:timers\/promises$/, namespace: "file" }, ({ path }) => ({ path, namespace: "own" }));
    onLoad({ filter: /./, namespace: "own" }, ({ path }) => ({
      contents: `import own from "${path}"; export const { setImmediate, setInterval, setTimeout } = own;`,
    }));
  },
};

async function asCommonJs(code: string): Promise<string> {
  const { code: converted } = await transform(code, {
    format: "cjs",
    platform: "node",
    target: "node20",
    supported: { "dynamic-import": false },
    minifyWhitespace: true,
    lineLimit: 160, // Node shows the line of an error that nobody caught
  });
  return converted.replace("module.exports=__toCommonJS(stdin_exports)", ONE_GETTER);
}

/** Otherwise each name that one file takes from another goes through a getter of a copy, which V8 cannot see through. */
const ONE_GETTER = 'module.exports=__defProp(stdin_exports,"__esModule",{value:true})';

/** The license of each package of which something is in the bundle. */
function licenses({ outputs }: Metafile): string {
  const inputs = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  const folders = new Set(inputs.flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    const text = file === undefined ? `License: ${license}` : readFileSync(join(folder, file), "utf8").trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return `The bundled files contain parts of these packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

export default bundleIfStale;

if (require.main === module) void (process.argv.includes("--types") ? bundlePackage().then(bundleTypes) : bundleIfStale());
