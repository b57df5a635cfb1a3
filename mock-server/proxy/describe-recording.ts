import type { RecordingCounts } from "../recording/recorder";
import { amount } from "../server/logger";

/** What a recording holds, in a line for people. */
export function describeRecording(file: string, { recorded, leftOut, problem }: RecordingCounts): string {
  const calls = amount(recorded, "call");
  const others = leftOut === 0 ? "" : `; ${leftOut} could not be${problem === undefined ? "" : `: ${problem}`}`;
  return `recorded   ${calls} in ${file}${others}\n`;
}
