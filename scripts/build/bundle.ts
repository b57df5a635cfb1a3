import { basename, relative, resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

/**
 * What is large, and not needed by every start, has a file of its own: what is not loaded need not be parsed. Nothing in it may be
 * asked for its class, because it would have another one here than in the main bundle.
 */
const APART = [
  "contracts/generated/v2/request-diagnosis.js",
  "contracts/generated/v2/response-diagnosis.js",
  "contracts/generated/v2/response-validators.js",
  "contracts/suite/contract-kit.ts",
  "fixtures/generated/fixture-validator.js",
  "fixtures/generated/fixture-diagnosis.js",
  "fixtures/generate/generate.ts",
  "fixtures/generate/faker.ts",
  "mock-server/control/generated/request-validators.js",
  "mock-server/v2/forced-answers/generated/documented-answers.js",
  "mock-server/proxy/proxy-kit.ts",
  "mock-server/recording/recorder.ts",
  "mock-server/replay/start-replay.ts",
];
const FAKER = "@faker-js/faker";

const options: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
};

/** Bundles our own code into a folder, as it is shipped; dependencies stay in node_modules, but for faker (docs/decisions/0010). */
export async function bundle(entryPoints: Record<string, string>, outdir: string): Promise<void> {
  const main = build({ ...options, entryPoints, outdir, plugins: [apart], sourcemap: true, sourcesContent: false });
  const others = APART.map((path) =>
    build({ ...options, entryPoints: { [nameOf(path)]: path }, outdir, plugins: [apart], minifyWhitespace: true }),
  );
  await Promise.all([main, ...others]);
}

const apart: Plugin = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
      if (kind === "entry-point") return undefined;
      if (!path.startsWith(".")) return path.startsWith(FAKER) ? undefined : { path, external: true };
      const asked = relative(process.cwd(), resolve(resolveDir, path));
      const found = APART.find((candidate) => candidate.replace(/\.\w+$/, "") === asked);
      return found === undefined ? undefined : { path: `./${nameOf(found)}.js`, external: true };
    });
  },
};

function nameOf(path: string): string {
  return basename(path).replace(/\.\w+$/, "");
}
