/** Bundles the package into dist/. */
import { rmSync } from "node:fs";
import { bundle } from "./build/bundle";

rmSync("dist", { recursive: true, force: true });

void bundle({ index: "mock-server/index.ts", cli: "mock-server/cli.ts", jest: "contracts/matcher/jest.ts" }, "dist");
