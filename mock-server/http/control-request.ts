import type { ValidateFunction } from "ajv";
import type { Request } from "express";
import { describeViolation, firstViolation } from "../../contracts/violation";
import { type ControlRefusal, refusal } from "../control/control-call";
import { type ControlId, controlCalls } from "../control/generated/calls";
import controlValidators from "../control/generated/request-validators";
import { nearest } from "../nearest";

const validators: Readonly<Record<string, ValidateFunction | undefined>> = controlValidators;

interface ReadControlRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Makes the reader of a call's requests: everything that the control API's document says about a request is checked here. */
export function controlRequestReader(id: ControlId): (req: Request) => ReadControlRequest | ControlRefusal {
  const types: Readonly<Record<string, string>> = controlCalls[id].query;
  return (req) => {
    const query = readQuery(types, req.query);
    if ("error" in query) return query as ControlRefusal;
    const request = { path: req.params as Record<string, string>, query, body: req.body as unknown };
    return check(id, "path", request.path) ?? check(id, "query", query) ?? check(id, "body", request.body) ?? request;
  };
}

/** Here, unlike in the vendor's API, a parameter that is not known is an error: it would change what is waited for. */
function readQuery(types: Readonly<Record<string, string>>, raw: Request["query"]): Record<string, unknown> | ControlRefusal {
  const query: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (!Object.hasOwn(types, name)) {
      const meant = nearest(name, Object.keys(types));
      const hint = meant === undefined ? `There are ${Object.keys(types).join(", ") || "none"}.` : `Did you mean ${meant}?`;
      return refusal(400, "invalid", `There is no parameter ${name}`, { hint });
    }
    if (typeof value !== "string") return refusal(400, "invalid", `${name} must be given once`);
    query[name] = types[name] === "integer" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  }
  return query;
}

function check(id: ControlId, part: "path" | "query" | "body", value: unknown): ControlRefusal | undefined {
  const validate = validators[`${id} ${part}`];
  if (!validate || validate(value)) return undefined;
  const violation = firstViolation(validate);
  const message = describeViolation(violation, part === "body" ? "The request body" : `The ${part}`);
  return {
    status: part === "body" ? 422 : 400,
    error: { code: "invalid", message, pointer: violation.instancePath, hint: hintFor(id, violation.params) },
  };
}

/** A field that is not known was meant to be one that is. */
function hintFor(id: ControlId, { additionalProperty }: Record<string, unknown>): string | undefined {
  if (typeof additionalProperty !== "string") return undefined;
  const meant = nearest(additionalProperty, controlCalls[id].bodyFields);
  return meant === undefined ? undefined : `Did you mean ${meant}?`;
}
