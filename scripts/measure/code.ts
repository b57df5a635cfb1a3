import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

const FOLDERS = ["mock-server", "contracts", "fixtures", "scripts"];
const SOURCE = /\.(tsx?|js|mjs)$/;
const NOT_COUNTED = /\.test\.ts$|\/(generated|testing|golden)\//;
const SMALL_LINES = 20;
const LARGE_LINES = 250;
/** What is shorter and has one importer beside it is no noun of its own. */
const PART_LINES = 30;
/** How a result was asked whether it failed, before results had tags. */
const FAILED = /^"(detail|error|failure)"$/;
/** These have a file each by intent, however short they are; so have entry points, which do something when they are loaded. */
const FILE_EACH = /\/operations\/|\/checks\/|\/index\.ts$|\.d\.ts$/;
/** What is told apart by its folder: V2 and V3 have the same shape, and neither may import the other. */
const VERSION = /^mock-server\/v\d+\//;

interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  readonly isEntry: boolean;
  readonly lazyRequires: number;
  readonly inChecks: number;
}

/** Counts what git tracks of the hand-written source. */
export function countCode() {
  const paths = execFileSync("git", ["ls-files", ...FOLDERS], { encoding: "utf8" }).split("\n");
  const files = paths.filter((path) => SOURCE.test(path) && !NOT_COUNTED.test(path)).map(read);
  const lengths = files.map(({ lines }) => lines).sort((a, b) => a - b);
  const named = (of: (file: SourceFile) => number) =>
    files.filter((file) => of(file) > 0).flatMap((file) => Array<string>(of(file)).fill(file.path));
  return {
    lines: lengths.reduce((sum, lines) => sum + lines, 0),
    files: files.length,
    median: lengths[lengths.length >> 1] ?? 0,
    small: files.filter((file) => file.lines <= SMALL_LINES && !hasFileByIntent(file)).map(describe),
    large: files.filter(({ lines }) => lines > LARGE_LINES).map(describe),
    singleImporters: singleImporters(files),
    ...exportedTwice(files),
    lazyRequires: named(({ lazyRequires }) => lazyRequires),
    inChecks: named(({ inChecks }) => inChecks),
  };
}

function read(path: string): SourceFile {
  const text = readFileSync(path, "utf8");
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = { imports: new Set<string>(), exports: new Set<string>(), isEntry: false, lazyRequires: 0, inChecks: 0 };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier;
      if (from && ts.isStringLiteral(from) && from.text.startsWith("."))
        found.imports.add(normalize(join(dirname(path), from.text)));
    } else if (ts.isExpressionStatement(statement)) found.isEntry = true;
    else for (const name of exportedNames(statement)) found.exports.add(name);
  }
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "require" && ts.findAncestor(node, ts.isFunctionLike))
      found.lazyRequires += 1;
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [from] = node.arguments;
      if (from && ts.isStringLiteral(from)) found.imports.add(normalize(join(dirname(path), from.text)));
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword && FAILED.test(node.left.getText()))
      found.inChecks += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { ...found, path, lines: text.split("\n").length - 1, imports: [...found.imports], exports: [...found.exports] };
}

function exportedNames(statement: ts.Statement): string[] {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.DeclarationStatement;
  return name ? [name.getText()] : [];
}

function hasFileByIntent({ path, isEntry }: SourceFile): boolean {
  return isEntry || FILE_EACH.test(path);
}

/** What only one file beside it imports, and would fit into that. */
function singleImporters(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const hasTwin = ({ path }: SourceFile) =>
    VERSION.test(path) && ["v2", "v3"].every((version) => paths.has(path.replace(VERSION, `mock-server/${version}/`)));
  const bare = (path: string): string => path.replace(SOURCE, "").replace(/\/index$/, "");
  const importers = new Map<string, SourceFile[]>();
  for (const file of files)
    for (const path of file.imports) importers.set(bare(path), [...(importers.get(bare(path)) ?? []), file]);
  return files.flatMap((file) => {
    const [importer, ...others] = importers.get(bare(file.path)) ?? [];
    if (!importer || others.length > 0 || dirname(importer.path) !== dirname(file.path)) return [];
    if (hasFileByIntent(file) || hasTwin(file) || file.lines > PART_LINES || importer.lines + file.lines > LARGE_LINES)
      return [];
    return [`${describe(file)}, only in ${importer.path}`];
  });
}

/** Names that are exported from several files; apart from them, those that V2 and V3 each have once, and nobody else. */
function exportedTwice(files: readonly SourceFile[]): Record<"exportedTwice" | "inBothVersions", string[]> {
  const places = new Map<string, string[]>();
  for (const { path, exports } of files) for (const name of exports) places.set(name, [...(places.get(name) ?? []), path]);
  const found = { exportedTwice: [] as string[], inBothVersions: [] as string[] };
  for (const [name, paths] of places) {
    const folders = paths.map((path) => VERSION.exec(path)?.[0]);
    const isOfVersions = folders.length === 2 && !folders.includes(undefined) && folders[0] !== folders[1];
    if (paths.length > 1) found[isOfVersions ? "inBothVersions" : "exportedTwice"].push(`${name}: ${paths.join(", ")}`);
  }
  return found;
}

function describe({ path, lines }: SourceFile): string {
  return `${path} (${lines})`;
}
