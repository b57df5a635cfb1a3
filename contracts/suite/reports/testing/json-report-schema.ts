const text = { type: "string", minLength: 1 };
const optionalText = { type: ["string", "null"] };
const count = { type: "integer", minimum: 0 };
const verdict = { enum: ["pass", "fail", "contradicted", "added", "inconclusive", "skipped"] };
const kind = { enum: ["read", "write", "visible", "send"] };

function object(required: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}): object {
  const properties = { ...required, ...optional };
  return { type: "object", required: Object.keys(required), additionalProperties: false, properties };
}

const call = { method: text, path: { type: "string", pattern: "^/" } };

/** Version 2 of the JSON report, in full. */
export const jsonReportSchema = object({
  linq_mock_contract: { const: 2 },
  kit_version: text,
  target: optionalText,
  is_own_mock: { type: "boolean" },
  started_at: { type: "string", format: "date-time" },
  ms: count,
  seed: { type: "integer" },
  line: optionalText,
  values: { enum: ["redacted", "shown"] },
  allowed: { type: "array", items: kind },
  requests: object({ read: count, write: count, visible: count, send: count }),
  lost_answers: { type: "array", items: text },
  strict: { type: "boolean" },
  exit_code: { enum: [0, 1, 2] },
  counts: object({
    pass: count,
    fail: count,
    contradicted: count,
    added: count,
    inconclusive: count,
    skipped: count,
    known: count,
  }),
  answers: object({
    ...{ total: count, operations: count, server_errors: count },
    failing_statuses: { type: "array", items: count },
    failing_operations: { type: "array", items: text },
    failing_resource: { anyOf: [{ type: "null" }, object({ name: text, operations: count, requests: count })] },
    failing_changes: { anyOf: [{ type: "null" }, { type: "array", items: text }] },
    retry_after: { type: ["integer", "null"] },
    has_error_pages: { type: "boolean" },
    good_since: { type: "boolean" },
  }),
  server_errors: {
    type: "array",
    items: object({ ...call, status: count, times: count, asked_again: { type: ["integer", "null"] } }),
  },
  outcomes: {
    type: "array",
    items: object({
      id: text,
      check: { enum: ["law", "shape", "baseline"] },
      law: { type: ["integer", "null"] },
      name: text,
      place: optionalText,
      cause: text,
      harm: count,
      explained_by: { type: "array", items: { type: "string", pattern: "^A-" } },
      operation: text,
      kind,
      verdict,
      meaning: optionalText,
      clause: { type: "string", pattern: "^#" },
      assumptions: { type: "array", items: { type: "string", pattern: "^A-" } },
      evidence: {
        anyOf: [
          object({
            what: text,
            pointer: { type: "string" },
            expected: {},
            received: {},
            in_words: { type: "array", items: { enum: ["expected", "received"] } },
            note: optionalText,
            awaited: { type: "boolean" },
            between: { anyOf: [{ type: "array", items: text, minItems: 2, maxItems: 2 }, { type: "null" }] },
            everywhere: { type: "boolean" },
            begins: optionalText,
          }),
          { type: "null" },
        ],
      },
      requests: count,
      ms: count,
      exchanges: {
        type: "array",
        items: object(
          { ...call, status: count, token: { enum: ["own", "none", "wrong"] }, ms: count },
          { sent: {}, answered: {} },
        ),
      },
      curl: optionalText,
      curl_effect: optionalText,
      curl_before: optionalText,
      curl_before_effect: optionalText,
      advice: optionalText,
      fingerprint: optionalText,
      known: { anyOf: [object({ fingerprint: text, reason: text, owner: text, expires: text }), { type: "null" }] },
    }),
  },
  assumptions: {
    type: "array",
    items: object({
      id: text,
      text,
      outcome: { enum: ["confirmed", "contradicted", "not tried"] },
      detail: text,
      request: optionalText,
      curl: optionalText,
      curl_effect: optionalText,
      follows_from: optionalText,
    }),
  },
  differences: {
    type: "array",
    items: object({
      operation: text,
      law: { type: ["integer", "null"] },
      meaning: text,
      pointer: { type: "string" },
      target: {},
      mock: {},
      request: object(call),
      curl: text,
    }),
  },
  left: { type: "array", items: object({ operation: text, path: call.path, undo: object(call) }) },
});
