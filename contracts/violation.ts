import type { ErrorObject, ValidateFunction } from "ajv";

/**
 * What a validator that has just refused complains about, as one violation. Where none of several alternatives fits, it is the
 * complaint of the one that was meant: the one whose type is right.
 */
export function firstViolation({ errors }: ValidateFunction): ErrorObject {
  const found = errors ?? [];
  const last = found.at(-1);
  if (!last) throw new Error("the validator refused nothing");
  return last.keyword === "anyOf" || last.keyword === "oneOf" ? meant(last, found.slice(0, -1)) : last;
}

function meant(union: ErrorObject, branches: readonly ErrorObject[]): ErrorObject {
  const ofRightType = branches.filter((error) => error.keyword !== "type" || error.instancePath !== union.instancePath);
  const [first] = ofRightType;
  if (!first) return { ...union, keyword: "type", params: { type: branches.map((error) => error.params["type"]) } };
  const missing = ofRightType.flatMap((error) => (error.keyword === "required" ? [error.params["missingProperty"]] : []));
  return missing.length > 1 ? { ...union, keyword: "anyOf", params: { missing } } : first;
}

/** A violation as a sentence for people: `phone_number is missing`. */
export function describeViolation(error: ErrorObject, whole: string): string {
  return `${violatedField(error, whole)} ${demand(error)}`;
}

/** Where in a request or document a schema was broken: `chat.phone_numbers[0]`, or `whole` for all of it. */
export function violatedField({ instancePath, keyword, params }: ErrorObject, whole: string): string {
  const parts = instancePath.split("/").slice(1).map(unescapePointer);
  if (keyword === "required") parts.push(String(params["missingProperty"]));
  const [first, ...rest] = parts;
  if (first === undefined) return whole;
  if (first.endsWith("[]")) return first; // a list in a query has no positions that its caller would know
  return rest.reduce((field, part) => (/^\d+$/.test(part) ? `${field}[${part}]` : `${field}.${part}`), first);
}

function demand({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case "required":
      return "is missing";
    case "type":
      return `must be ${article([params["type"]].flat().join(" or "))}`;
    case "pattern":
      return params["pattern"] === "\\S" ? "must not be blank" : `must match ${params["pattern"]}`;
    case "minItems":
      return `must hold at least ${params["limit"]}`;
    case "minProperties":
      return "must not be empty";
    case "maxProperties":
      return params["limit"] === 1 ? "must have one field" : `must have no more than ${params["limit"]} fields`;
    case "maximum":
      return `must be at most ${params["limit"]}`;
    case "minimum":
      return `must be at least ${params["limit"]}`;
    case "enum":
      return `must be one of ${params["allowedValues"].join(", ")}`;
    case "const":
      return `must be ${JSON.stringify(params["allowedValue"])}`;
    case "format":
      return params["format"] === "uri" ? "must be a URL" : `must be ${article(params["format"])}`;
    case "additionalProperties":
      return `has the unknown field ${params["additionalProperty"]}`;
    case "anyOf":
      return `needs at least one of ${params["missing"].join(", ")}`;
    default:
      return message ?? "is not valid";
  }
}

function article(noun: string): string {
  return /^[aeiou](?!ri)/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function unescapePointer(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
