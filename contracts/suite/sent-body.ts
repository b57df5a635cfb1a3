import { isRecord } from "../exchange";
import type { SuiteRequest } from "./transport";

/** A file that is sent along with a message. */
export interface SentFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

export const FILES_FIELD = "message[attachments][]";

/** A body as the fields of a form: `message[text]`. */
export function formFields(body: unknown, name = ""): [name: string, value: string][] {
  if (Array.isArray(body)) return body.flatMap((entry) => formFields(entry, `${name}[]`));
  if (!isRecord(body)) return [[name, String(body)]];
  return Object.entries(body).flatMap(([key, value]) => formFields(value, name === "" ? key : `${name}[${key}]`));
}

/** A body and files as `multipart/form-data`. */
export async function encodedForm(body: unknown, files: readonly SentFile[]): Promise<{ type: string; bytes: Buffer }> {
  const form = new FormData();
  for (const [name, value] of formFields(body)) form.append(name, value);
  for (const { name, type, text } of files) form.append(FILES_FIELD, new File([text], name, { type }));
  const encoded = new Response(form);
  return { type: encoded.headers.get("content-type") ?? "", bytes: Buffer.from(await encoded.arrayBuffer()) };
}

/** A body as it goes out. */
export async function encoded({ body, files }: SuiteRequest): Promise<{ type: string; bytes: Buffer } | undefined> {
  if (body === undefined) return undefined;
  return files ? encodedForm(body, files) : { type: "application/json", bytes: Buffer.from(JSON.stringify(body)) };
}
