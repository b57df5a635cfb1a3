import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { run } from "./testing/command";

/* The workflows that are to be copied: each is YAML, and each command of ours in it is understood. */

const VALUES: Readonly<Record<string, string>> = {
  "${{ vars.LINQ_TARGET }}": "http://127.0.0.1:2",
  "${{ vars.LINQ_LINE }}": "+12052761148",
  $LINQ_TARGET: "http://127.0.0.1:2",
  $LINQ_LINE: "+12052761148",
};

function commandsIn(file: string): string[] {
  const joined = readFileSync(file, "utf8").replaceAll(/\\\n\s*/g, "");
  const commands = [...joined.matchAll(/npx linq-mock (contract[^|;\n]*)/g)].map(([, command = ""]) => command.trim());
  return commands.map((command) =>
    Object.entries(VALUES).reduce((text, [name, value]) => text.replaceAll(`"${name}"`, value), command),
  );
}

test.each(["docs/ci/github-actions.yml", "docs/ci/gitlab-ci.yml"])("%s can be copied as it is", async (file) => {
  expect(parse(readFileSync(file, "utf8"))).toBeInstanceOf(Object);
  const commands = commandsIn(file);
  expect(commands).toHaveLength(3);
  for (const command of commands.filter((shown) => !shown.includes("--sweep"))) {
    const { stdout, code } = await run([
      ...command
        .replaceAll(/--report \S+/g, "")
        .split(/\s+/)
        .filter(Boolean),
      "--dry-run",
    ]);
    expect({ command, code, said: stdout.split(" ")[0] }).toEqual({ command, code: 0, said: "Plan" });
  }
});
