import { MARK } from "../../contracts/suite/cleanup/created";

/** What is another in every run: what a contract run makes up, UUIDs, and the ports of this machine. */
const CHANGING = new RegExp(
  String.raw`${MARK}-[a-z]{10}(?:-[a-z]+)*(?![a-z])|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?<=//(?:127\.0\.0\.1|localhost|\[::1\])):\d{1,5}(?!\d)`,
  "gi",
);
const ANY = "\u0000";

/** Knows what a caller writes where the recording has something else that is another in every run. */
export class StandIns {
  readonly #recorded = new Map<string, string>();
  readonly #callers = new Map<string, string>();

  /** A request with what the recording has for what the caller writes, as far as that is known. */
  asRecorded(key: string): string {
    return this.#recorded.size === 0 ? key : key.replace(CHANGING, (found) => this.#recorded.get(found) ?? found);
  }

  /** An answer with what the caller wrote for what the recording has. */
  asCalled(text: string): string {
    return this.#callers.size === 0 ? text : text.replace(CHANGING, (found) => this.#callers.get(found) ?? found);
  }

  /** Learns from two requests that are the same but for what changes. */
  learn(recordedKey: string, callersKey: string): void {
    const callers = callersKey.match(CHANGING) ?? [];
    for (const [i, recorded] of (recordedKey.match(CHANGING) ?? []).entries()) {
      const caller = callers[i];
      if (caller === undefined) continue;
      this.#recorded.set(caller, recorded);
      this.#callers.set(recorded, caller);
    }
  }
}

/** A request with whatever is another in every run left out. */
export function withoutChanging(key: string): string {
  return key.replace(CHANGING, ANY);
}
