import original, { type Response, type Test } from "supertest";
import { ASSUMPTION_HEADER, watched } from "./named-assumptions";

type Assert = (error: Error | null, response: Response | undefined, done: (...args: unknown[]) => void) => void;

const { prototype } = (original as unknown as { Test: { prototype: { assert: Assert } } }).Test;
const { assert } = prototype;
prototype.assert = function (this: Test, error, response, done) {
  const header = response?.headers[ASSUMPTION_HEADER];
  if (response) watched(response, ["status", "statusCode", "body", "text"], `${this.method} ${this.url}`, header);
  return assert.call(this, error, response, done);
};

/** Supertest whose answers are watched, as those to `fetch` are. */
export const supertest = original;
