import { apiClient } from "../testing/api-client";
import { smallWorld } from "../testing/worlds";

// Asserted here, too: A-error-wording, A-delivery, A-create-status, A-form-urlencoded, A-create-form.

const PATH = "/chats/1/chat_messages";
const MEGABYTE = 1024 * 1024;
const MULTIPART = { "Content-Type": "multipart/form-data; boundary=b" };
const URLENCODED = { "Content-Type": "application/x-www-form-urlencoded" };
const TEXT = '--b\r\nContent-Disposition: form-data; name="message[text]"\r\n\r\nHi\r\n';

const api = apiClient({ fixtures: smallWorld });

function formWith(files: readonly File[], field = "message[attachments][]"): FormData {
  const form = new FormData();
  form.append("message[text]", "Hi");
  for (const file of files) form.append(field, file);
  return form;
}

function filePart(disposition: string): string {
  return `--b\r\nContent-Disposition: form-data; name="message[attachments][]"; ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n`;
}

async function sentFilename(disposition: string): Promise<string> {
  const { status, body } = await api.send("POST", PATH, { body: `${TEXT}${filePart(disposition)}--b--`, headers: MULTIPART });
  expect(status).toBe(201);
  return body.data.attachments[0].filename;
}

async function messageCount(): Promise<number> {
  return (await api.get("/chats/1")).body.data.message_count;
}

test("ten files are taken, eleven refused", async () => {
  const files = Array.from({ length: 11 }, (_, i) => new File([String(i)], `${i}.txt`));
  const before = await messageCount();
  const refused = await api.postForm(PATH, formWith(files));
  expect(refused.status).toBe(422);
  expect(refused.body.errors[0].detail).toBe("message[attachments][] holds more than 10 files");
  expect(refused.assumptions).toContain("A-attachment-count");
  expect(await messageCount()).toBe(before);
  expect((await api.postForm(PATH, formWith(files.slice(1)))).body.data.attachments).toHaveLength(10);
});

test("a file of 10 MB is taken, one byte more refused", async () => {
  const bytes = Buffer.alloc(10 * MEGABYTE + 1, 7);
  const refused = await api.postForm(PATH, formWith([new File([bytes], "film.mov")]));
  expect(refused.status).toBe(413);
  expect(refused.body.errors[0].detail).toBe("message[attachments][] is larger than 10 MB: film.mov");
  expect(refused.assumptions).toContain("A-attachment-limit");
  const { body } = await api.postForm(PATH, formWith([new File([bytes.subarray(1)], "film.mov")]));
  const [attachment] = body.data.attachments;
  expect(attachment.file_size).toBe(10 * MEGABYTE);
  expect((await api.download(attachment.url)).bytes.equals(bytes.subarray(1))).toBe(true);
});

test("fields over 1 MB together are refused", async () => {
  const body = `message[text]=${"x".repeat(MEGABYTE / 2)}&message[idempotency_key]=${"x".repeat(MEGABYTE / 2)}`;
  const refused = await api.send("POST", PATH, { body, headers: URLENCODED });
  expect(refused.status).toBe(413);
  expect(refused.body.errors[0].detail).toBe("The fields are over the limit of 1048576 bytes");
  expect(refused.assumptions).toContain("A-body-limit");
});

test("a text over 1 MB is refused", async () => {
  const form = new FormData();
  form.append("message[text]", "x".repeat(MEGABYTE + 1));
  const { status, assumptions } = await api.postForm(PATH, form);
  expect(status).toBe(413);
  expect(assumptions).toContain("A-body-limit");
});

test("a form of 1,001 fields is refused", async () => {
  const body = Array.from({ length: 1001 }, (_, i) => `f${i}=`).join("&");
  expect((await api.send("POST", PATH, { body, headers: URLENCODED })).status).toBe(413);
});

test("an empty file is a file", async () => {
  const { body } = await api.postForm(PATH, formWith([new File([], "empty.txt", { type: "text/plain" })]));
  const [attachment] = body.data.attachments;
  expect(attachment).toMatchObject({ filename: "empty.txt", file_size: 0 });
  expect(await api.download(attachment.url)).toMatchObject({ status: 200, bytes: Buffer.alloc(0) });
});

test("what a browser sends for a file that was not chosen is none", async () => {
  const { status, body } = await api.send("POST", PATH, {
    body: `${TEXT}${filePart('filename=""')}--b--`,
    headers: MULTIPART,
  });
  expect(status).toBe(201);
  expect(body.data.attachments).toEqual([]);
});

test.each([
  ["a path", 'filename="../../etc/passwd"', "passwd"],
  ["the folder above", 'filename=".."', "file"],
  ["this folder", 'filename="./."', "file"],
  ["a path of Windows", 'filename="C:\\photos\\cat.png"', "cat.png"],
  ["UTF-8", 'filename="Übersicht.txt"', "Übersicht.txt"],
  ["percent-encoded UTF-8", "filename*=UTF-8''%C3%9Cbersicht.txt", "Übersicht.txt"],
  ["a lone surrogate", "filename*=utf-16le''a%00%00%D8b%00", "a\ufffdb"],
])("a file name with %s is the file's own", async (_, disposition, filename) => {
  expect(await sentFilename(disposition)).toBe(filename);
});

test("a type that the sender does not know follows from the name", async () => {
  const file = new File(["x"], "plan.pdf", { type: "application/octet-stream" });
  expect((await api.postForm(PATH, formWith([file]))).body.data.attachments[0].mime_type).toBe("application/pdf");
});

test.each([
  ["a.heic", "image/heic"],
  ["a.vcf", "text/x-vcard"],
  ["photo.PNG", "image/png"],
  ["none", "application/octet-stream"],
])("the type of %s follows from the name where the part has none", async (filename, type) => {
  const part = `--b\r\nContent-Disposition: form-data; name="message[attachments][]"; filename="${filename}"\r\n\r\nx\r\n`;
  const { body } = await api.send("POST", PATH, { body: `${TEXT}${part}--b--`, headers: MULTIPART });
  expect(body.data.attachments).toMatchObject([{ filename, mime_type: type }]);
});

test("a form that is urlencoded rests on an assumption, and one of parts on none", async () => {
  const encoded = await api.send("POST", PATH, { body: "message[text]=Hi", headers: URLENCODED });
  expect([encoded.status, encoded.assumptions]).toEqual([201, ["A-delivery", "A-form-urlencoded"]]);
  expect((await api.postForm(PATH, formWith([]))).assumptions).toEqual(["A-delivery"]);
  const created = await api.send("POST", "/chats", { body: "message[text]=Hi", headers: URLENCODED });
  expect([created.status, created.assumptions]).toEqual([400, ["A-create-form", "A-form-urlencoded"]]);
});

test("the brackets of a list may be left out for files, with a hint", async () => {
  const { body, hint, assumptions } = await api.postForm(PATH, formWith([new File(["x"], "a.txt")], "message[attachments]"));
  expect(body.data.attachments).toHaveLength(1);
  expect(assumptions).toContain("A-form-urlencoded");
  expect(hint).toBe("Write message[attachments][], with the second brackets: nothing else is documented.");
});

test("a file in a field of another name is ignored, with a hint", async () => {
  const { status, body, hint, assumptions } = await api.postForm(PATH, formWith([new File(["x"], "a.txt")], "file"));
  expect([status, assumptions]).toEqual([201, ["A-delivery", "A-form-urlencoded"]]);
  expect(body.data.attachments).toEqual([]);
  expect(hint).toBe("The file in file is not read; files go into message[attachments][].");
});

test.each([
  ["without a boundary", { "Content-Type": "multipart/form-data" }, `${TEXT}--b--`, "The form has no boundary"],
  ["with another boundary", { "Content-Type": "multipart/form-data; boundary=c" }, `${TEXT}--b--`, /cut off$/],
  ["that is cut off", MULTIPART, TEXT.slice(0, -8), /cut off$/],
  ["whose file is cut off", MULTIPART, `${TEXT}${filePart('filename="a.txt"')}`, /cut off$/],
  ["without a text", MULTIPART, `${filePart('filename="a.txt"')}--b--`, "Missing required parameter: message.text"],
  ["that is empty", MULTIPART, "", /cut off$/],
  ["with two texts", MULTIPART, `${TEXT}${TEXT}--b--`, "message[text] must be given once"],
  ["with two texts, urlencoded", URLENCODED, "message[text]=a&message[text]=b", "message[text] must be given once"],
  ["whose message is a text", URLENCODED, "message=a&message[text]=b", "message[text] must be given once"],
  ["whose text is a list", URLENCODED, "message[text][]=a", "message.text must be a string"],
])("a form %s is refused", async (_, headers, body, detail) => {
  const before = await messageCount();
  const answer = await api.send("POST", PATH, { body, headers });
  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].detail).toEqual(typeof detail === "string" ? detail : expect.stringMatching(detail));
  expect(await messageCount()).toBe(before);
});

test("a broken form gets a hint", async () => {
  const { hint } = await api.send("POST", PATH, { body: TEXT, headers: { "Content-Type": "multipart/form-data" } });
  expect(hint).toBe(
    "Send multipart/form-data as your HTTP client builds it, with the boundary that it puts into Content-Type.",
  );
});

test("fields that are named like parts of every object are only fields", async () => {
  const body = "message[text]=Hi&__proto__[polluted]=1&message[constructor][prototype][polluted]=1";
  expect((await api.send("POST", PATH, { body, headers: URLENCODED })).status).toBe(201);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("a file is served as what it is and runs nothing", async () => {
  const { body } = await api.postForm(PATH, formWith([new File(["<script>"], "a.html", { type: "text/html" })]));
  const { pathname } = new URL(body.data.attachments[0].url);
  const { headers } = await api.send("HEAD", `/${pathname}`, { headers: {} });
  expect(headers).toMatchObject({
    "content-type": "text/html",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
});

test("the id of an upload cannot be guessed from those of another mock", async () => {
  const idOf = async (client: typeof api): Promise<string> =>
    (await client.postForm(PATH, formWith([new File(["a"], "a.txt")]))).body.data.attachments[0].id;
  const [one, other] = [apiClient({ fixtures: smallWorld }), apiClient({ fixtures: smallWorld })];
  expect(await idOf(one)).not.toBe(await idOf(other));
});

test("a file that does not exist is not found", async () => {
  const { status, hint } = await api.get("//attachments/00000000-0000-4000-8000-000000000000/a.txt");
  expect(status).toBe(404);
  expect(hint).toContain("Files are forgotten on a reset");
});

test("a reset forgets files", async () => {
  const own = apiClient({ fixtures: smallWorld });
  const { body } = await own.postForm(PATH, formWith([new File(["x"], "a.txt")]));
  await own.send("POST", "//__mock/reset");
  expect((await own.download(body.data.attachments[0].url)).status).toBe(404);
});
