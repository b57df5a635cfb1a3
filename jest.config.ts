/** @jest-config-loader esbuild-register */
import type { Config } from "jest";

const config: Config = {
  testEnvironment: "node",
  roots: ["<rootDir>/mock-server", "<rootDir>/contracts", "<rootDir>/fixtures", "<rootDir>/scripts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2023" } }] },
};

export default config;
