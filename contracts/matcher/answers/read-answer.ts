import { types } from "node:util";
import type { Answer, AnswerReader, Fields } from "./answer";
import { axiosAnswer } from "./axios-answer";
import { fetchAnswer } from "./fetch-answer";
import { plainAnswer } from "./plain-answer";
import { superagentAnswer } from "./superagent-answer";

const readers: readonly AnswerReader[] = [fetchAnswer, superagentAnswer, axiosAnswer, plainAnswer];

const TAKEN =
  "a response of supertest, superagent or axios, a Response of fetch, or an object { method, url, status, body, headers? }";

/** Reads an answer, whichever client has got it. That of fetch is read later. @throws TypeError when it is none, or was read already */
export function readAnswer(value: unknown): Answer | Promise<Answer> {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`toSatisfyContract takes ${TAKEN}; this is ${kindOf(value)}.`);
  for (const read of readers) {
    const answer = read(value as Fields);
    if (answer) return answer;
  }
  throw new TypeError(`toSatisfyContract takes ${TAKEN}; this is ${kindOf(value)}.`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  if ("then" in value) return "a promise; await it first";
  if (types.isNativeError(value)) return `an error, ${value.name}; its response may be one`;
  if (Array.isArray(value)) return "an array";
  const fields = Object.keys(value);
  return fields.length === 0
    ? "an empty object"
    : `an object with ${fields.slice(0, 6).join(", ")}${fields.length > 6 ? ", ..." : ""}`;
}
