import { spawn } from "node:child_process";

/** What opens an address in the user's browser; `start` is a word of the shell of Windows. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", '""'],
};
const ELSEWHERE = ["xdg-open"] as const;

/** Opens an address in the user's browser. Machines without one are common, so that a failure is told and ends nothing. */
export function openInBrowser(url: string, tell: (problem: string) => void): void {
  const [command, ...args] = OPENERS[process.platform] ?? ELSEWHERE;
  const opener = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  const fail = (reason: string): void => tell(`The inbox cannot be opened (${command}: ${reason}); it is at ${url}`);
  opener.once("error", ({ message }) => fail(message));
  opener.once("exit", (code) => {
    if (code !== 0 && code !== null) fail(`exit code ${code}`);
  });
  opener.unref();
}
