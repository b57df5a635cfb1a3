import original, { type Response, type Test } from "supertest";
import { ASSUMPTION_HEADER, watched } from "./named-assumptions";

interface Assert {
  (error: Error | null, response: Response | undefined, done: (...args: unknown[]) => void): void;
  readonly own?: Assert;
}

const { prototype } = (original as unknown as { Test: { prototype: { assert: Assert } } }).Test;
const own = prototype.assert.own ?? prototype.assert; // supertest is one for all test files, and watched for each
const assert: Assert = function (this: Test, error, response, done) {
  const header = response?.headers[ASSUMPTION_HEADER];
  if (response) watched(response, ["status", "statusCode", "body", "text"], `${this.method} ${this.url}`, header);
  return own.call(this, error, response, done);
};
prototype.assert = Object.assign(assert, { own });

/** Supertest whose answers are watched, as those to `fetch` are. */
export const supertest = original;
