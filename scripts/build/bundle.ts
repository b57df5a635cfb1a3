import { type BuildOptions, build, type Plugin } from "esbuild";

const FAKER = "faker";

const options: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
};

/** Bundles our own code into a folder, as it is shipped; dependencies stay in node_modules. */
export async function bundle(entryPoints: Record<string, string>, outdir: string): Promise<void> {
  await build({
    ...options,
    entryPoints,
    outdir,
    packages: "external",
    plugins: [fakerApart],
    sourcemap: true,
    sourcesContent: false,
  });
}

/**
 * Faker has a bundle of its own, which is loaded when names are made up: it is an ES module, which Jest does not require, and
 * other versions of it would make up other names.
 */
export async function bundleFaker(outdir: string): Promise<void> {
  await build({ ...options, entryPoints: { [FAKER]: "fixtures/load-faker.ts" }, outdir, minifyWhitespace: true });
}

const fakerApart: Plugin = {
  name: "faker apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/load-faker$/ }, () => ({ path: `./${FAKER}.js`, external: true }));
  },
};
