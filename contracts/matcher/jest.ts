import type {} from "expect"; // what is to be augmented must be there
import { type ContractExpectation, toSatisfyContract } from "./to-satisfy-contract";

export { type ContractExpectation, type MatcherResult, toSatisfyContract } from "./to-satisfy-contract";

/** A Response of fetch is read later, so that its matcher must be awaited. */
type Result<R, T> = T extends { clone(): unknown; text(): unknown } ? Promise<void> : R;

declare global {
  namespace jest {
    interface Matchers<R, T> {
      /** Whether an answer obeys the contract of the Linq Partner API, V2 or V3. That of a Response of fetch must be awaited. */
      toSatisfyContract(expected?: ContractExpectation): Result<R, T>;
    }
  }
}

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T> {
    /** Whether an answer obeys the contract of the Linq Partner API, V2 or V3. That of a Response of fetch must be awaited. */
    toSatisfyContract(expected?: ContractExpectation): Result<R, T>;
  }
}

interface Expect {
  extend(matchers: Readonly<Record<string, unknown>>): void;
}

let { expect } = globalThis as { expect?: Expect };
try {
  expect ??= (require("@jest/globals") as { expect: Expect }).expect; // which tests import where there is no global one
} catch {
  // this is no test of Jest
}
expect?.extend({ toSatisfyContract });
