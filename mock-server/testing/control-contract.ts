import http, { type ClientRequest } from "node:http";
import type { ValidateFunction } from "ajv/dist/2020";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { jsonPointer, pointerParts } from "../../contracts/json-pointer";
import { closed } from "../../contracts/json-schema";
import { describeViolation } from "../../contracts/violation-text";
import { controlCalls } from "../control/generated/calls";
import document from "../control/generated/openapi.json";
import { RECEIVER_HOOK } from "../server/paths";

interface ResponseObject {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, object>>;
}

const CONTROL_PATH = /^(?:\/s\/[^/]+)?\/__mock(\/.*)$/;
const ERROR = "#/components/responses/Error";

const ajv = new Ajv2020({ strict: false, allErrors: true, meta: false, validateSchema: false });
addFormats(ajv);
ajv.addSchema({ $id: "control", ...closed(document) });
const validators = new Map<string, ValidateFunction>();

/** Throws when an answer of `/__mock` is not as the control API's document says. Paths that are none of it must be refused. */
export function requireControlContract(method: string, path: string, status: number, body: unknown): void {
  const [, route] = CONTROL_PATH.exec(path.split("?")[0] ?? "") ?? [];
  if (route === undefined || method === "HEAD" || method === "OPTIONS") return;
  if (route === RECEIVER_HOOK && method === "POST") return; // it answers as an app would, whatever a test has told it to
  const violations = violationsOf(method, route, status, body);
  if (violations.length > 0)
    throw new Error(`${method} ${path} ${status} breaks the control API's document: ${violations.join("; ")}`);
}

/** Throws when an event of `/__mock/events` is not as the control API's document says. */
export function requireEventContract(event: unknown): void {
  const validate = validator("#/components/schemas/Event");
  if (validate(event)) return;
  const violations = (validate.errors ?? []).map((error) => describeViolation(error, "the event"));
  throw new Error(`${JSON.stringify(event)} breaks the control API's document: ${violations.join("; ")}`);
}

function violationsOf(method: string, route: string, status: number, body: unknown): string[] {
  const pointer = responsePointer(method, route, status);
  if (pointer === undefined) return [`the status is not declared: ${JSON.stringify(body)}`];
  const { content } = resolve(pointer) as ResponseObject;
  if (content === undefined) return body === undefined ? [] : ["there must be no body"];
  if (!content["application/json"]) return ["it is no JSON"];
  if (body === undefined) return ["there is no JSON body"];
  const validate = validator(`${pointer}/content/application~1json/schema`);
  if (validate(body)) return [];
  return (validate.errors ?? []).map((error) => describeViolation(error, "the answer"));
}

/** Where the document says what an answer looks like; undefined when it says nothing of this status. */
function responsePointer(method: string, route: string, status: number): string | undefined {
  const call = Object.values(controlCalls).find((known) => known.method === method && isRouteOf(known.path, route));
  if (!call) return status >= 400 ? ERROR : undefined;
  const base = `#${jsonPointer(["paths", call.path, method.toLowerCase(), "responses"])}`;
  const responses = resolve(base) as Readonly<Record<string, ResponseObject>>;
  const key = responses[status] ? String(status) : "default";
  if (key === "default" && (status < 400 || !responses[key])) return undefined;
  return responses[key]?.$ref ?? `${base}/${key}`;
}

function isRouteOf(template: string, route: string): boolean {
  const pattern = template.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(route);
}

function resolve(pointer: string): unknown {
  const step = (value: unknown, part: string): unknown => (value as Record<string, unknown>)[part];
  return pointerParts(pointer).reduce(step, document as unknown);
}

function validator(pointer: string): ValidateFunction {
  const known = validators.get(pointer) ?? ajv.compile({ $ref: `control${encodeURI(pointer)}` });
  validators.set(pointer, known);
  return known;
}

/** For all tests of a file: a test fails when an answer of `/__mock`, to fetch or to `node:http`, is not as the control API's document says. */
export function checkControlAnswers(): void {
  const { fetch } = globalThis;
  const { request } = http;
  const broken: unknown[] = [];
  const check = (method: string, path: string, status: number, isOurs: boolean, text: string): void => {
    if (!isOurs || !path.includes("/__mock/")) return; // a stream has no id
    try {
      requireControlContract(method, path, status, text === "" ? undefined : JSON.parse(text));
    } catch (error) {
      broken.push(error);
    }
  };
  beforeAll(() => {
    globalThis.fetch = async (input, init) => {
      const response = await fetch(input, init);
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      if (!pathname.includes("/__mock/") || !response.headers.has("x-request-id")) return response; // the API's, a stream, or not ours
      check(init?.method ?? "GET", pathname, response.status, true, await response.clone().text());
      return response;
    };
    http.request = (...args: unknown[]) => {
      const sent = Reflect.apply(request, http, args) as ClientRequest;
      return sent.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const isOurs = response.headers["x-request-id"] !== undefined;
          check(sent.method, sent.path.split("?")[0] ?? "", response.statusCode ?? 0, isOurs, Buffer.concat(chunks).toString());
        });
      });
    };
  });
  afterEach(() => {
    const [first] = broken.splice(0);
    if (first) throw first;
  });
  afterAll(() => {
    globalThis.fetch = fetch;
    http.request = request;
  });
}
