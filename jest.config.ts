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
  transform: { "\\.ts$|/@faker-js/.*\\.js$": ["@swc/jest", { jsc: { target: "es2023" }, module: { type: "commonjs" } }] },
  moduleNameMapper: { "^libphonenumber-js/min$": "<rootDir>/node_modules/libphonenumber-js/bundle/libphonenumber-min.js" }, // a file in place of 73
  transformIgnorePatterns: ["/node_modules/(?!@faker-js/)"], // faker is an ES module, which Jest does not require as Node does
};

export default config;
