const ALWAYS = new Set(["detail", "message", "error", "error_message", "error_code", "code", "reason", "hint"]);
const IN_ERRORS = new Set(["errors", "title"]);

/** Whether a field is for people to read when something went wrong: `title` is, unless it is the title of a contact. */
export function isSentenceField(trail: readonly string[]): boolean {
  const field = trail.at(-1) ?? "";
  return ALWAYS.has(field) || (IN_ERRORS.has(field) && trail.includes("errors"));
}
