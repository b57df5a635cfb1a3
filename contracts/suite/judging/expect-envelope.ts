import { operations } from "../../generated/v2/operations";
import type { RecordedExchange } from "../recorded-exchange";
import { expectThat } from "./expect";

/** How each envelope is told from the other. */
const ENVELOPES = {
  Error: { looks: '{"errors": [{"status": ..., ...}]}', is: ({ errors }) => isFilled(errors) && errors.every(isRecord) },
  StandardError: { looks: '{"status": "error", ...}', is: ({ status }) => status === "error" },
} as const satisfies Record<string, Envelope>;

interface Envelope {
  /** For people. */
  readonly looks: string;
  is(body: Fields): boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws Broken when a refusal does not come in the envelope of its operation's group */
export function expectEnvelope({ operation, response: { status, body } }: RecordedExchange): void {
  const { looks, is } = ENVELOPES[operations[operation].envelope];
  expectThat(isRecord(body) && is(body), `the envelope of ${operation} ${status}`, { expected: looks, received: body });
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}
