import type { Express } from "express";
import { checkOptions } from "./server/check-options";
import { createMock, type MockOptions } from "./server/mock";
import { worldReader } from "./server/world-reader-now";

export { checkExchange, type ExchangeViolation } from "../contracts/check";
export type { ExchangeRequest, ExchangeResponse } from "../contracts/exchange";
export type { OperationId } from "../contracts/generated/v2/operations";
export { type ContractExpectation, type MatcherResult, toSatisfyContract } from "../contracts/matcher/to-satisfy-contract";
export { aChat, aContact, aLine, aMessage, aUser, aWorld } from "../fixtures/builders";
export type {
  FixtureChat,
  FixtureContact,
  FixtureDocument,
  FixtureFaultProfile,
  FixtureFaultRule,
  FixtureLine,
  FixtureMessage,
  FixtureUser,
} from "../fixtures/generated/fixture-document";
export { FixtureError, type FixtureProblem } from "../fixtures/load/problem";
export type { LogLevel } from "./server/logger";
export type { MockOptions } from "./server/mock";
export { type MockServer, type MockServerOptions, startMockServer } from "./server/start-mock-server";
export {
  type Advice,
  type DeliveryFilter,
  type RecordedDelivery,
  type RecordedRequest,
  type RequestFilter,
  TestSandbox,
  type WaitOptions,
} from "./test-sandbox";
export { SandboxError } from "./world/sandboxes";

/**
 * The mock as an Express app, for supertest or to mount in a larger app.
 *
 * @throws TypeError when an option is unknown or not what it must be, RangeError when the clock is no time, FixtureError
 *   when the fixtures cannot be served
 */
export function createApp(options: MockOptions = {}): Express {
  checkOptions(options);
  return createMock(options, { reachable: false, reader: worldReader(options) }).app;
}
