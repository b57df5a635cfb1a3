import { pino } from "pino";
import { type Logger, type LogLevel, levelOf, SILENT, withoutQuery } from "./logger";
import { printable } from "./printable-text";

/** One JSON record per event on stdout, for programs. */
export function createJsonLogger(level: LogLevel): Logger {
  if (level === "silent") return SILENT;
  const log = pino({ level, base: null }, pino.destination({ fd: 1, sync: true }));
  const always = log.child({}, { level: "info" });
  return {
    request: (answered) => {
      const { url, ms, reason, isQuiet: _, ...entry } = answered;
      const [path = "", query = ""] = (log.isLevelEnabled("debug") ? printable : withoutQuery)(url).split(/(?=\?)(.*)/s);
      const shown = { ...entry, path, ms: Number(ms.toFixed(3)), ...(query !== "" && { query }) };
      log[levelOf(answered)](reason === undefined ? shown : { ...shown, reason: printable(reason) }, "request");
    },
    announce: (_text, facts) => always.info(facts, "started"),
    info: (text) => log.info(text),
    warn: (text) => log.warn(text),
    error: (text, error) => log.error({ err: error }, text),
    flush: () => log.flush(),
  };
}
