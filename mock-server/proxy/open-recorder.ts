import { version } from "../../package.json";
import type * as Recording from "../recording/recorder";
import type { Logger } from "../server/logger";

/** Makes the file of a recording. What ends it early is told in the log. @throws TargetError when it cannot be made */
export function openRecorder(file: string, log: Logger): Recording.Recorder {
  const { Recorder } = require("../recording/recorder") as typeof Recording; // in a bundle of its own
  return new Recorder(file, { creatorVersion: version, onEnd: (reason) => log.warn(reason) });
}
