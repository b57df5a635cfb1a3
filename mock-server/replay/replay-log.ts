import { amount } from "../server/logger";
import type { RecordedAnswer } from "./recorded-answer";

const SHOWN = 10;

/** What was asked of a replay and not recorded. */
export class ReplayLog {
  readonly #unrecorded = new Map<string, number>();
  #asked = 0;

  answered(): void {
    this.#asked += 1;
  }

  /** `request` is its method and path; its query may name people. */
  unrecorded(request: string): void {
    this.#unrecorded.set(request, (this.#unrecorded.get(request) ?? 0) + 1);
  }

  /** What to say in the end. */
  summary({ answers, given }: { readonly answers: readonly RecordedAnswer[]; readonly given: number }): string {
    const unrecorded = [...this.#unrecorded].map(([request, times]) => `  ${request}${times > 1 ? ` (${times} times)` : ""}`);
    const left = answers.length - given;
    const lines = [
      `Answered ${amount(this.#asked, "request")} from ${given} of ${amount(answers.length, "recorded call")}; ${left} not asked for.`,
      ...(unrecorded.length > 0 ? ["Asked, and not recorded:", ...unrecorded.slice(0, SHOWN)] : []),
      ...(unrecorded.length > SHOWN ? [`  and ${unrecorded.length - SHOWN} more`] : []),
    ];
    return `${lines.join("\n")}\n`;
  }
}
