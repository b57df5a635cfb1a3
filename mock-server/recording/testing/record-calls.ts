import { Recorder } from "../recorder";
import { aCall } from "./a-call";

/* A process that records: `record-calls.ts <file> <how many>`. It says when a recording ends, and after five calls that it goes on. */

const [, , file = "", calls = "1"] = process.argv;
const recorder = new Recorder(file, { creatorVersion: "0.0.0", onEnd: (reason) => console.log(reason) });
for (let i = 0; i < Number(calls); i += 1) {
  recorder.record(aCall({ text: "x".repeat(5_000) }));
  if (i === 5) console.log("Recording.");
}
recorder.close();
