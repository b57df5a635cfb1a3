import { TargetError } from "../client/errors";
import type { RecordedExchange } from "../suite/report";
import { asObject } from "./as-object";
import { type Ignored, readEntry } from "./read-entry";

/** How many entries a recording has, and what became of them. */
export type HarCounts = Readonly<Record<"entries" | "checked" | Ignored, number>>;

/** What a recording holds of the API. */
export interface HarRecording {
  readonly exchanges: readonly RecordedExchange[];
  readonly counts: HarCounts;
}

/**
 * Reads a HAR file (HTTP Archive 1.2) as browsers and proxies write it. What it has of other addresses is ignored, and counted.
 *
 * @throws TargetError when it is no HAR file, or was cut off
 */
export function readHar(text: string, name: string): HarRecording {
  const { log } = asObject<{ log: unknown }>(parse(text, name));
  const { entries } = asObject<{ entries: unknown }>(log);
  if (!Array.isArray(entries)) throw new TargetError(`${name} is JSON, but no HAR file; it has no log.entries.`);
  const counts: Record<keyof HarCounts, number> = {
    entries: entries.length,
    checked: 0,
    elsewhere: 0,
    unanswered: 0,
    incomplete: 0,
    unreadable: 0,
  };
  const exchanges: RecordedExchange[] = [];
  for (const entry of entries) {
    const read = readEntry(entry);
    counts[typeof read === "string" ? read : "checked"] += 1;
    if (typeof read !== "string") exchanges.push(read);
  }
  return { exchanges, counts };
}

function parse(text: string, name: string): unknown {
  const json = text.replace(/^\uFEFF/, "").trim();
  if (json === "") throw new TargetError(`${name} is empty; record it again.`);
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    const isCut = json.startsWith("{") && isAtTheEnd(String(error), json.length);
    throw new TargetError(isCut ? `${name} is cut off; export it again.` : `${name} is no JSON, and so no HAR file.`);
  }
}

/** Whether JSON was right as far as it goes, as the errors of JSON.parse tell. */
function isAtTheEnd(message: string, length: number): boolean {
  const position = /position (\d+)/.exec(message)?.[1];
  return /end of JSON|Unterminated/.test(message) || (position !== undefined && Number(position) >= length);
}
