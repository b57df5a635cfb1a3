import { asObject, type Fields } from "../exchange";

/* The parts of an entry of a HAR file. Whoever wrote it may have left out or mistaken any of them. */

/** Headers by their names in lower case, as HTTP/1.1 and HTTP/2 write them; what HTTP/2 puts among them is left out. */
export function harHeaders(headers: unknown): Record<string, string> {
  const read = new Map<string, string>();
  for (const header of Array.isArray(headers) ? headers : []) {
    const { name, value } = asObject(header);
    if (typeof name !== "string" || typeof value !== "string" || name.startsWith(":")) continue;
    const before = read.get(name.toLowerCase());
    read.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(read);
}

/** The text of a body that was sent, or came; undefined when there is none. */
export function readContent(content: unknown): string | undefined {
  const { text, encoding } = asObject(content);
  if (typeof text !== "string") return undefined;
  return encoding === "base64" ? Buffer.from(text, "base64").toString("utf8") : text;
}

const NO_CONTENT = 204;

interface AnswerHead {
  readonly method: string;
  readonly status: number;
  /** The header Content-Length. */
  readonly length: string | undefined;
}

/** The body of an answer, empty when it had none; undefined when it had one, or may have had, that was not recorded. */
export function readAnswerText({ content, bodySize }: Fields, { method, status, length }: AnswerHead): string | undefined {
  const text = readContent(content);
  if (text) return text;
  if (status === NO_CONTENT || method.toUpperCase() === "HEAD") return "";
  const sizes = [asObject(content)["size"], length === undefined ? undefined : Number(length)];
  if (sizes.some((size) => typeof size === "number" && size > 0)) return undefined;
  return text === "" || bodySize === 0 || sizes.includes(0) ? "" : undefined;
}
