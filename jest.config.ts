/** @jest-config-loader esbuild-register */
import { availableParallelism } from "node:os";
import type { Config } from "jest";

const config: Config = {
  globalSetup: "<rootDir>/scripts/build.ts",
  setupFilesAfterEnv: ["<rootDir>/mock-server/testing/named-assumptions.ts"],
  testEnvironment: "<rootDir>/scripts/test-environment.ts",
  maxWorkers: Math.ceil(1.5 * availableParallelism()), // commands, pages and webhooks are waited for; by default, one core is left idle, too
  testRunner: "<rootDir>/scripts/test-runner.ts",
  testTimeout: 120_000, // no test is about time; machines may be slow
  roots: ["<rootDir>/mock-server", "<rootDir>/contracts", "<rootDir>/fixtures", "<rootDir>/scripts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2023" }, module: { type: "commonjs" } }] },
};

export default config;
