import { answerOf, bundledScript } from "./answer-of";
import { atMost, type Effort } from "./effort";
import type { Findings } from "./figures";
import { generateWorld } from "./generated-world";
import type { Loading } from "./load-world";
import { median } from "./statistics";
import { takeTurns } from "./take-turns";

const WITH_MEMORY = ["--max-old-space-size=6144", "--expose-gc"];

/** A large world as one JSON file, to parsing it and nothing else; each time in a process of its own. */
export async function loading(folder: string, effort: Effort): Promise<Findings> {
  const file = await generateWorld(folder);
  const script = await bundledScript(folder, "load-world");
  const rounds = await takeTurns(atMost(3, effort), {
    parse: () => answerOf<{ ms: number }>([...WITH_MEMORY, "scripts/bench/parse-json.js", file]),
    load: () => answerOf<Loading>([...WITH_MEMORY, script, file]),
  });
  const load = median(rounds.map((turn) => turn.load.loadMs / turn.parse.ms));
  const read = median(rounds.map((turn) => turn.load.readMs / turn.parse.ms));
  const bytes = median(rounds.map((turn) => turn.load.bytesPerMessage));
  return {
    figures: [
      {
        what: "loading 100,000 chats with 1,000,000 messages, to `JSON.parse` of the file",
        measured: load.toFixed(2),
        aim: "at most 4",
      },
      { what: "the same of `linq-mock fixtures validate`", measured: read.toFixed(2) },
      { what: "memory per message, with its share of a chat of 10", measured: `${Math.round(bytes)} bytes` },
    ],
  };
}
