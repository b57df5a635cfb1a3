import { answerOf, bundledScript } from "./answer-of";
import type { RoundTrip } from "./export-world";
import type { Findings } from "./figures";

/** The shipped world `large` to a file and back. */
export async function exporting(folder: string): Promise<Findings> {
  const script = await bundledScript(folder, "export-world");
  const { exportMs, loadMs, exportAgainMs } = await answerOf<RoundTrip>([script, folder]);
  const measured = [exportMs, loadMs, exportAgainMs].map((ms) => `${(ms / 1000).toFixed(1)} s`).join(", ");
  return { figures: [{ what: "export, load and export of 100,000 chats: same bytes", measured }] };
}
