import type { HarContent } from "./har-entry";

/** The text of a body; undefined when there is none. */
export function readContent({ text, encoding }: HarContent): string | undefined {
  if (typeof text !== "string") return undefined;
  return encoding === "base64" ? Buffer.from(text, "base64").toString("utf8") : text;
}
