import { resolve } from "node:path";
import ts from "typescript";

/* Plants operations and tables that do not fit the contract, and requires that each does not compile. */

const prelude = `
import { failure } from "../server/failure";
import { refusalAssumptions, refuse } from "./errors";
import type { Operation } from "./operation";
import { routes } from "./routes";
import { getChat } from "./operations/chats/get-chat";
export const chatNotFound = refuse("chatNotFound");
export const meta = { page: 1, total_pages: 0, total_count: 0, per_page: 25 };
`;

const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
const host = ts.createCompilerHost(options);
const planted = new Map<string, string>();

const { getSourceFile, fileExists } = host;
host.fileExists = (name) => planted.has(name) || fileExists(name);
host.getSourceFile = (name, languageVersion, ...rest) => {
  const source = planted.get(name);
  return source === undefined
    ? getSourceFile(name, languageVersion, ...rest)
    : ts.createSourceFile(name, source, languageVersion);
};

/** Where a source is planted. All are compiled together. */
function fileOf(source: string): string {
  return resolve(`mock-server/v2/planted-${sources.indexOf(source)}.ts`);
}

function complaints(source: string): string[] {
  return compiled()
    .getSemanticDiagnostics(compiled().getSourceFile(fileOf(source)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

let program: ts.Program | undefined;

function compiled(): ts.Program {
  for (const source of sources) planted.set(fileOf(source), `${prelude}${source}`);
  program ??= ts.createProgram([...planted.keys()], { ...options, noUnusedLocals: false }, host);
  return program;
}

const good = [
  ["a failure that is declared", 'export const a: Operation<"getChat"> = () => chatNotFound;'],
  ["a body that is declared", 'export const a: Operation<"listChats"> = () => ({ status: 200, body: { data: [], meta } });'],
  ["a table with every row", "export const a: typeof routes = { ...routes };"],
] as const;

const bad = [
  ["a status that is not declared", 'export const a: Operation<"getChat"> = () => failure(422, "no");'],
  ["a success that is not declared", 'export const a: Operation<"getChat"> = () => ({ status: 201, body: undefined });'],
  ["a body without a field", 'export const a: Operation<"listChats"> = () => ({ status: 200, body: { data: [] } });'],
  [
    "a body with a field of another type",
    'export const a: Operation<"listChats"> = () => ({ status: 200, body: { data: [], meta: { ...meta, page: "1" } } });',
  ],
  ["an assumption that is not in the ledger", 'export const a: ReturnType<typeof refusalAssumptions> = ["A-nonsense"];'],
  [
    "a parameter that is not declared",
    'export const a: Operation<"listChats"> = (_, { query }) => failure(400, String(query.limit));',
  ],
  ["an operation that is not in the contract", 'export const a: Operation<"findChats"> = () => chatNotFound;'],
  ["a table without a row", 'const { "GET /chats/find": _, ...rest } = routes; export const a: typeof routes = rest;'],
  ["a table with a misspelt row", 'export const a: typeof routes = { ...routes, "GET /chat/find": getChat };'],
  ["a table with the wrong operation in a row", 'export const a: typeof routes = { ...routes, "GET /chats": getChat };'],
] as const;

const sources: readonly string[] = [...good, ...bad].map(([, source]) => source);

test.each(good)("%s compiles", (_, source) => {
  expect(complaints(source)).toEqual([]);
});

test.each(bad)("%s does not compile", (_, source) => {
  expect(complaints(source)).not.toEqual([]);
});
