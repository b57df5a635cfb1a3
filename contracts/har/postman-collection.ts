import { asObject, type Fields, isRecord } from "../exchange";

/* Postman writes no HAR files. A collection that it exports holds the answers that were saved with its requests. */

const DEEPEST = 50;

/** The saved answers of a collection, versions 2.0 and 2.1, as entries of a HAR file; undefined when it is none. */
export function entriesOfCollection(file: unknown): readonly unknown[] | undefined {
  const { info, item, variable } = asObject(file);
  if (!Array.isArray(item) || !isRecord(info) || !String(info["schema"]).includes("/collection/v2")) return undefined;
  const variables = valuesByKey(variable);
  const entries: object[] = [];
  const collect = (items: readonly unknown[], depth: number): void => {
    for (const one of items.map(asObject)) {
      for (const saved of listOf(one["response"])) entries.push(entryOf(asObject(saved), one["request"], variables));
      if (depth < DEEPEST) collect(listOf(one["item"]), depth + 1);
    }
  };
  collect(item, 0);
  return entries;
}

type Variables = ReadonlyMap<string, string>;

function entryOf(saved: Fields, ofItem: unknown, variables: Variables): object {
  const asked = asObject(saved["originalRequest"] ?? ofItem);
  const { method = "GET", header, body } = asked;
  const { body: text, header: answered, code, responseTime } = saved;
  const posted = asObject(body);
  const sent = harHeadersOf(header, variables);
  const mimeType = sent.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? languageOf(posted);
  return {
    ...(typeof responseTime === "number" && { time: responseTime }),
    request: {
      method,
      url: urlOf(asked["url"], variables),
      headers: sent,
      ...(typeof posted["raw"] === "string" && { postData: { mimeType, text: filled(posted["raw"], variables) } }),
    },
    response: {
      status: code,
      headers: harHeadersOf(answered, variables),
      content: {
        ...(typeof text === "string" && { text }),
        ...(saved["_postman_previewlanguage"] === "json" && { mimeType: "application/json" }),
      },
    },
  };
}

/** An address, which may be a text or in parts, with the values of its variables: `{{base}}/chats/:chat_id`. */
function urlOf(url: unknown, variables: Variables): string {
  if (typeof url === "string") return filled(url, variables);
  const { raw, variable } = asObject(url);
  const ofPath = valuesByKey(variable);
  const [path = "", ...query] = filled(String(raw ?? ""), variables).split("?");
  const named = path.replaceAll(/\/:([\w-]+)/g, (whole, name: string) => (ofPath.has(name) ? `/${ofPath.get(name)}` : whole));
  return [named, ...query].join("?");
}

function filled(text: string, variables: Variables): string {
  return text.replaceAll(/\{\{([^{}]+)\}\}/g, (whole, name: string) => variables.get(name.trim()) ?? whole);
}

function harHeadersOf(headers: unknown, variables: Variables): { readonly name: string; readonly value: string }[] {
  return listOf(headers).flatMap((header) => {
    const { key, value, disabled } = asObject(header);
    if (typeof key !== "string" || typeof value !== "string" || disabled === true) return [];
    return [{ name: key, value: filled(value, variables) }];
  });
}

/** The type of a body that is known by its language alone. */
function languageOf({ options }: Fields): string {
  const { language } = asObject(asObject(options)["raw"]);
  return language === "json" ? "application/json" : "text/plain";
}

function valuesByKey(list: unknown): Map<string, string> {
  const pairs = listOf(list).map(asObject);
  return new Map(pairs.flatMap(({ key, value }) => (typeof key === "string" ? [[key, String(value ?? "")] as const] : [])));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
