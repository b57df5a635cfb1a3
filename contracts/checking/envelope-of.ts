/** The two forms that an error has. */
export type Envelope = "Error" | "StandardError";

/** Which of the two forms the body of an error has; undefined when it has neither, or something of both. */
export function envelopeOf(body: unknown): Envelope | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { status, error_code: code, errors } = body as { status?: unknown; error_code?: unknown; errors?: unknown };
  const isStandard = status === "error" || code !== undefined;
  const isPlain = Array.isArray(errors) && typeof errors[0] === "object";
  if (isStandard === isPlain) return undefined;
  return isStandard ? "StandardError" : "Error";
}
