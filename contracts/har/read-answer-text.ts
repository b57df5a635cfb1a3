import { asObject } from "./as-object";
import type { HarContent, HarResponse } from "./har-entry";
import { readContent } from "./read-content";

const NO_CONTENT = 204;

interface Circumstances {
  readonly method: string;
  readonly status: number;
  /** The header Content-Length. */
  readonly length: string | undefined;
}

/** The body of an answer, empty when it had none; undefined when it had one, or may have had, that was not recorded. */
export function readAnswerText(response: HarResponse, { method, status, length }: Circumstances): string | undefined {
  const content = asObject<HarContent>(response.content);
  const text = readContent(content);
  if (text) return text;
  if (status === NO_CONTENT || method.toUpperCase() === "HEAD") return "";
  const sizes = [content.size, length === undefined ? undefined : Number(length)];
  if (sizes.some((size) => typeof size === "number" && size > 0)) return undefined;
  return text === "" || response.bodySize === 0 || sizes.includes(0) ? "" : undefined;
}
