import { readdirSync, readFileSync } from "node:fs";

/** What is no prose: pages and tables that are generated, and code. */
const GENERATED_PAGE = /<!-- Generated from/;
const GENERATED_TABLE = /<!-- ([a-z0-9-]+) -->.*?<!-- \/\1 -->/gs;
const CODE = /^[ \t]*```.*?^[ \t]*```[ \t]*$|^ {4}.*$/gms;

/** The words of README.md and docs that people wrote, and how many each page has. */
export function countWords(): { readonly words: number; readonly pages: readonly string[] } {
  const names = readdirSync("docs").filter((name) => name.endsWith(".md"));
  const pages = ["README.md", ...names.map((name) => `docs/${name}`)].map(
    (page) => [page, wordsOf(readFileSync(page, "utf8"))] as const,
  );
  return { words: pages.reduce((sum, [, words]) => sum + words, 0), pages: pages.map(([page, words]) => `${page} ${words}`) };
}

function wordsOf(text: string): number {
  if (GENERATED_PAGE.test(text)) return 0;
  return text.replaceAll(GENERATED_TABLE, "").replaceAll(CODE, "").split(/\s+/).filter(Boolean).length;
}
