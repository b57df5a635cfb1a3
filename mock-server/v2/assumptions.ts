import { isRecord } from "../../contracts/exchange";
import { type AssumptionId, type OperationId, operations } from "../../contracts/generated/v2/operations";
import type { RawRequest } from "../server/api-operation";
import type { NotedAnswer } from "../server/api-version";
import type { Upload } from "../world/attachments";
import { type AssumptionList, RULES } from "./answer-assumptions";
import { isDocumented, refusalAssumptions } from "./errors";
import type { RefusalName } from "./refusal-table";
import { isUnwrapped } from "./request/body";
import { hasUnreadableId, isClamped } from "./request/read-request";

/** What an answer rests on: how its request was read, what was answered, or why it was refused. */
export function assumptionsOf(
  { operation, method, path, asked, failure, reason = failure?.reason, isGarbled = false, isFileUnread = false }: NotedAnswer,
  pluses: readonly string[],
) {
  const found: AssumptionId[] = [];
  if (asked?.request && hasUnreadableId(asked.request.path)) found.push("A-id-shape");
  if (isGarbled) found.push("A-body-utf8");
  if (pluses.length > 0) found.push("A-plus-space");
  if (asked?.reply && asked.request && isClamped(operation as OperationId, asked.raw.query, asked.request))
    found.push("A-page-invalid");
  if (reason !== undefined) {
    for (const assumption of refusalAssumptions({ reason, operation, given: failure?.given })) found.push(assumption);
    if (asked && BODY_REFUSALS.has(reason) && isUnwrapped(operation as OperationId, asked.raw.body))
      found.push("A-body-wrapped");
    if (asked && BODY_REFUSALS.has(reason) && asked.raw.body === undefined) found.push("A-content-type");
    for (const assumption of asked ? (BLANKS[reason as RefusalName]?.(asked.raw) ?? []) : [])
      if (assumption) found.push(assumption);
    if (failure?.status === 429) found.push("A-retry-after");
    if (failure && !isDocumented(reason)) found.push("A-error-wording");
  }
  if (asked?.reply && asked.request) {
    const { world, request, reply } = asked;
    const answer = { world, request, body: reply.body, details: reply.details ?? {} };
    const rule = RULES[operation as OperationId] as ((answer: object) => AssumptionList) | undefined; // it is given answers of its operation alone
    for (const assumption of rule?.(answer) ?? []) if (assumption) found.push(assumption);
  }
  if (method === "PATCH" && operation !== undefined && operations[operation as OperationId].method === "PUT")
    found.push("A-patch");
  const type = asked?.raw.headers["content-type"] ?? "";
  if (operation === "createChat" && type.includes("form")) found.push("A-create-form");
  if (
    operation !== undefined &&
    operations[operation as OperationId].form &&
    (isFileUnread || isReadAsForm(type, asked?.request?.files))
  )
    found.push("A-form-urlencoded");
  if (path.endsWith("/") && operation !== undefined) found.push("A-404-others");
  if (asked?.reply && hasFilesInJson(asked.raw.body)) found.push("A-create-status");
  if (method === "HEAD" && operation !== undefined) found.push("A-head");
  return found.length < 2 ? found : [...new Set(found)];
}

/** Whether a form was read as nobody documents it: urlencoded, or with a file in a field without the second brackets. */
function isReadAsForm(type: string, files: readonly Upload[] = []): boolean {
  return type.includes("urlencoded") || files.some(({ file }) => file.field === "message[attachments]");
}

/** Whether attachments were given that are no files, and so were not read. */
function hasFilesInJson(body: unknown): boolean {
  const message = isRecord(body) ? body["message"] : undefined;
  return isRecord(message) && message["attachments"] !== undefined;
}

/** What else a refusal rests on where something stands there and is as good as nothing, or counts though something else would do. */
const BLANKS: { readonly [reason in RefusalName]?: (raw: RawRequest) => AssumptionList } = {
  sendFromMissing: ({ body }) => [isRecord(body) && body["send_from"] !== undefined && "A-create-status"],
  contactWithoutIdentity: ({ body }) => {
    const contact = isRecord(body) ? body["contact"] : undefined;
    return [isRecord(contact) && IDENTITY.some((field) => contact[field] !== undefined) && "A-contact-values"];
  },
  contactNumberInvalidInQuery: ({ query }) => [isRecord(query) && Boolean(query["email"]) && "A-contact-find"],
};
const IDENTITY = ["first_name", "last_name", "phone_number", "email"];

/** What refuses a body that is not what the contract demands. */
const BODY_REFUSALS: ReadonlySet<string | undefined> = new Set<RefusalName>([
  "sendFromMissing",
  "participantsMissing",
  "fieldMissing",
  "numberMissing",
  "bodyInvalid",
  "valueInvalid",
  "contactWithoutIdentity",
  "contactInvalid",
]);
