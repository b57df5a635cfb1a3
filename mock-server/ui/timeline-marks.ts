import { signal } from "@preact/signals";
import { newestMessage } from "./chat-list";
import { noteClock } from "./clock";
import type { Mark } from "./sentences";
import { durationText } from "./wording";

const MOST_JUMPS = 100;
/** Where the clock was moved, and who called, while the page looked on. */
export const timelineMarks = signal<readonly Mark[]>([]);

export function noteJump({ clock, jumped_ms }: { clock: Parameters<typeof noteClock>[0]; jumped_ms: number }): void {
  noteClock(clock);
  if (Math.abs(jumped_ms) < 1000) return;
  const text = `The clock moved by ${jumped_ms < 0 ? "minus " : ""}${durationText(Math.abs(jumped_ms))}`;
  const at = Date.parse(clock.now);
  timelineMarks.value = timelineMarks
    .peek()
    .map((mark) => (mark.at > at ? { ...mark, at, shownAt: mark.shownAt ?? mark.at } : mark)); // newer messages stand below it
  noteMark({ at, text });
}

export function noteMark(mark: Mark): void {
  timelineMarks.value = [...timelineMarks.value, { ...mark, after: newestMessage }].slice(-MOST_JUMPS);
}
