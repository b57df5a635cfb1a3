export { type CheckOptions, checkExchange, type ExchangeViolation } from "../contracts/check";
export type { ExchangeRequest, ExchangeResponse } from "../contracts/exchange";
export type { OperationId } from "../contracts/generated/v2/operations";
export { type ContractExpectation, type MatcherResult, toSatisfyContract } from "../contracts/matcher/to-satisfy-contract";
export type * from "../contracts/public-types";
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
export type { Send, WaitOptions } from "./control-connection";
export type { DeliveryFilter, RecordedDelivery } from "./recorded-delivery";
export type { RecordedRequest, RecordedRequestOfV3, RequestFilter } from "./recorded-request";
export { type Advice, SandboxClient } from "./sandbox-client";
export { createApp, type MockApp } from "./server/create-app";
export type { LogLevel } from "./server/logger";
export type { MockOptions, MockServerOptions } from "./server/options";
export { type MockServer, startMockServer } from "./server/start-mock-server";
export { TestSandbox } from "./test-sandbox";
export { SandboxError } from "./world/sandboxes";
