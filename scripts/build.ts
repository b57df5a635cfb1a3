/**
 * Bundles our own code into dist/; dependencies stay in node_modules. All but faker: it is an ES module, which Jest does not
 * require, and other versions of it would make up other names. It has a bundle of its own, which is loaded when names are made up.
 */
import { rmSync } from "node:fs";
import { type BuildOptions, build, type Plugin } from "esbuild";

const FAKER = "faker";

rmSync("dist", { recursive: true, force: true });

const fakerApart: Plugin = {
  name: "faker apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/load-faker$/ }, () => ({ path: `./${FAKER}.js`, external: true }));
  },
};

const options: BuildOptions = {
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
};

const entryPoints = { index: "mock-server/index.ts", cli: "mock-server/cli.ts" };
void build({ ...options, entryPoints, packages: "external", plugins: [fakerApart] });
void build({ ...options, entryPoints: { [FAKER]: "fixtures/load-faker.ts" }, sourcemap: false, minifyWhitespace: true });
