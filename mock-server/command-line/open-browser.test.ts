import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killAll, start } from "../testing/command";

const folder = mkdtempSync(join(tmpdir(), "linq-mock-open-"));
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

test("the banner says where the inbox is, and --open opens it", async () => {
  for (const name of ["xdg-open", "open"]) {
    writeFileSync(
      join(folder, name),
      `#!/bin/sh\nprintf '%s' "$1" > ${folder}/.opened && mv ${folder}/.opened ${folder}/opened\n`,
    );
    chmodSync(join(folder, name), 0o755);
  }
  const seen = watch(folder);
  const { url, log } = await start(["--port", "0", "--open"], { PATH: `${folder}:${process.env["PATH"]}` });
  while (!exists()) await once(seen, "change");
  seen.close();
  expect(readFileSync(join(folder, "opened"), "utf8")).toBe(`${url}/__mock/ui/`);
  expect(log()).toContain(`at ${url}/__mock/ui/\n`);
});

test("a machine without a browser is told where it is, and served", async () => {
  const { url, log, child } = await start(["--port", "0", "--open"], { PATH: join(folder, "nothing") });
  while (!log().includes("cannot be opened")) await once(child.stderr, "data");
  expect(log()).toMatch(/The inbox cannot be opened \(\S+: .*ENOENT\S*\); it is at http:/);
  expect((await fetch(`${url}/__mock/health`)).status).toBe(200);
});

function exists(): boolean {
  try {
    readFileSync(join(folder, "opened"));
    return true;
  } catch {
    return false;
  }
}
