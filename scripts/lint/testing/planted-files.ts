import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

/** A tree of its own in which lines are planted for a lint rule to find. */
export class PlantedFiles {
  readonly #tree = mkdtempSync(join(tmpdir(), "linq-mock-lint-"));
  readonly #message: RegExp;

  constructor(plugin: string, message: RegExp) {
    this.#message = message;
    this.#write("biome.json", JSON.stringify({ plugins: [resolve(plugin)], linter: { rules: { recommended: false } } }));
  }

  /** The numbers of the lines that the rule complains about, in ascending order. */
  async complaints(path: string, lines: readonly string[]): Promise<number[]> {
    this.#write(path, lines.join("\n"));
    const args = ["lint", "--reporter=github", "--max-diagnostics=none", path];
    const { stdout } = await promisify(execFile)(resolve("node_modules/.bin/biome"), args, { cwd: this.#tree }).catch(
      (failed: { stdout: string }) => failed, // complaints make the command fail
    );
    const found = stdout.split("\n").filter((line) => this.#message.test(line));
    return found.map((line) => Number(/line=(\d+),/.exec(line)?.[1])).sort((a, b) => a - b);
  }

  remove(): void {
    rmSync(this.#tree, { recursive: true });
  }

  #write(path: string, content: string): void {
    mkdirSync(dirname(join(this.#tree, path)), { recursive: true });
    writeFileSync(join(this.#tree, path), content);
  }
}
