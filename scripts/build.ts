/** Bundles our own code into dist/; dependencies stay in node_modules. */
import { rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });

void build({
  entryPoints: { index: "mock-server/index.ts", cli: "mock-server/cli.ts" },
  outdir: "dist",
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
});
