import type { Express } from "express";
import { createMock, type MockOptions } from "./mock";

export { FixtureError, type FixtureProblem } from "../fixtures/fixture-error";
export type { FixtureDocument } from "../fixtures/generated/fixture-document";
export type { LogLevel } from "./logger";
export type { MockOptions } from "./mock";
export { type MockServer, type MockServerOptions, startMockServer, type TestSandbox } from "./server";
export { SandboxError } from "./state/sandboxes";

/**
 * The mock as an Express app, for supertest or to mount in a larger app.
 *
 * @throws FixtureError when the fixtures cannot be served
 */
export function createApp(options: MockOptions = {}): Express {
  return createMock(options, { reachable: false }).app;
}
