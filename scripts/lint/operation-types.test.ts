import { resolve } from "node:path";
import ts from "typescript";

/* Plants operations and tables that do not fit the contract, and requires that each does not compile. */

const PLANTED = resolve("mock-server/v2/planted.ts");
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
const parsed = new Map<string, ts.SourceFile | undefined>();
let planted = "";

const { getSourceFile, fileExists } = host;
host.fileExists = (name) => name === PLANTED || fileExists(name);
host.getSourceFile = (name, languageVersion, ...rest) => {
  if (name === PLANTED) return ts.createSourceFile(name, planted, languageVersion);
  if (!parsed.has(name)) parsed.set(name, getSourceFile(name, languageVersion, ...rest));
  return parsed.get(name);
};

function complaints(source: string): string[] {
  planted = `${prelude}${source}`;
  const program = ts.createProgram([PLANTED], { ...options, noUnusedLocals: false }, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(PLANTED))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test.each([
  ["a failure that is declared", 'export const a: Operation<"getChat"> = () => chatNotFound;'],
  ["a body that is declared", 'export const a: Operation<"listChats"> = () => ({ status: 200, body: { data: [], meta } });'],
  ["a table with every row", "export const a: typeof routes = { ...routes };"],
])("%s compiles", (_, source) => {
  expect(complaints(source)).toEqual([]);
});

test.each([
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
])("%s does not compile", (_, source) => {
  expect(complaints(source)).not.toEqual([]);
});
