import { startMockServer } from "../server/start-mock-server";
import { apiClient } from "../testing/api-client";
import { ANN, smallWorld } from "../testing/worlds";

const FILES = "//__mock/files";
const MESSAGE = "//__mock/simulate/message";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2025-07-01T12:00:00-05:00", seed: 1 });
}

type Api = ReturnType<typeof freshApi>;

function upload(api: Api, query: string, type: string | undefined, body: string) {
  return api.send("POST", `${FILES}${query}`, { body, headers: type === undefined ? {} : { "Content-Type": type } });
}

test("the bytes of a body are kept, under a name, and sent as often as one likes", async () => {
  const api = freshApi();
  const { status, body } = await upload(api, "?filename=pl%C3%A4n.txt", "text/plain", "Hello");
  expect([status, body.file]).toMatchObject([201, { filename: "plän.txt", mime_type: "text/plain", file_size: 5 }]);
  expect((await api.download(body.file.url)).bytes.toString()).toBe("Hello");
  const sent = [];
  for (const chat of [1, 2]) {
    const answer = await api.post(MESSAGE, { chat, from: ANN, attachments: [{ id: body.file.id }] });
    sent.push(answer.body.message.attachments[0]);
  }
  expect(new Set([body.file.id, ...sent.map(({ id }) => id)]).size).toBe(3);
  await api.delete(`/chats/1/chat_messages/2`);
  expect((await api.download(sent[0].url)).status).toBe(404);
  expect((await api.download(sent[1].url)).bytes.toString()).toBe("Hello");
});

test.each([
  [
    "a form",
    "multipart/form-data; boundary=b",
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--\r\n',
    "application/json",
  ],
  ["JSON", "application/json", "{}", "application/json"],
  ["YAML", "application/yaml", "a: b", "application/yaml"],
  ["what curl sends", "application/x-www-form-urlencoded", "{}", "application/json"],
  ["bytes of no type", undefined, "{}", "application/json"],
])("a file is taken as %s", async (_, type, body, mimeType) => {
  const answer = await upload(freshApi(), type?.startsWith("multipart") ? "" : "?filename=a.json", type, body);
  expect([answer.status, answer.body.file]).toMatchObject([201, { filename: "a.json", mime_type: mimeType }]);
});

test.each([
  ["no name", "", "text/plain", "Hello", 422, "The request has no file"],
  ["no bytes", "?filename=a.txt", "text/plain", "", 422, "The request has no file"],
  ["another parameter", "?name=a.txt", "text/plain", "Hello", 400, "There is no parameter name"],
  [
    "another field",
    "",
    "multipart/form-data; boundary=b",
    '--b\r\nContent-Disposition: form-data; name="data"; filename="a"\r\n\r\nx\r\n--b--\r\n',
    422,
    "The request has no file",
  ],
  [
    "more than 10 MB",
    "?filename=a.txt",
    "text/plain",
    "x".repeat(10 * 1024 * 1024 + 1),
    413,
    "The file is over the limit of 10 MB",
  ],
])("%s is refused", async (_, query, type, body, status, message) => {
  const api = freshApi();
  const answer = await upload(api, query, type, body);
  expect([answer.status, answer.body.error.message]).toEqual([status, message]);
  expect((await api.get("//__mock/sandboxes")).body.sandboxes[0].files.count).toBe(0);
});

test("uploads count, and a reset forgets them", async () => {
  const api = freshApi();
  const { body } = await upload(api, "?filename=a.txt", "text/plain", "Hello");
  expect((await api.get("//__mock/sandboxes")).body.sandboxes[0].files).toEqual({ count: 1, bytes: 5, evicted: 0 });
  await api.post("//__mock/reset");
  const { status, body: refused } = await api.post(MESSAGE, { chat: 1, attachments: [{ id: body.file.id }] });
  expect([status, refused.error.code, refused.error.pointer]).toEqual([404, "file_unknown", "/attachments/0/id"]);
});

test("there are samples, each of which can be had, and sent", async () => {
  const api = freshApi();
  const { files } = (await api.get("//__mock/files/samples")).body;
  const types = ["image/jpeg", "application/pdf", "audio/mp4", "video/mp4", "text/vcard"];
  expect(files.map(({ mime_type }: { mime_type: string }) => mime_type)).toEqual(types);
  const attachments = files.map(({ id }: { id: string }) => ({ id }));
  const { message } = (await api.post(MESSAGE, { chat: 1, attachments })).body;
  for (const file of [...files, ...message.attachments]) {
    const { status, type, bytes } = await api.download(file.url);
    expect([status, type, Math.abs(bytes.length - file.file_size) < 10]).toEqual([200, file.mime_type, true]);
  }
  const state = (await api.get("//__mock/state")).body;
  await api.put("//__mock/fixtures", state);
  expect((await api.download(message.attachments[0].url)).status).toBe(200); // the same id, and so the same address
});

test("an id stands alone", async () => {
  const { status, body } = await freshApi().post(MESSAGE, { chat: 1, attachments: [{ id: "sample-pdf", filename: "a.pdf" }] });
  expect([status, body.error.pointer]).toEqual([422, "/attachments/0/id"]);
});

test("files are said to be where the sandbox was reached", async () => {
  const mock = await startMockServer({ fixtures: smallWorld });
  const [box, { port }] = [await mock.sandbox("mine"), new URL(mock.url)];
  const { message } = await box.simulate.message({ chat: 1, attachments: [{ id: "sample-photo" }] });
  expect(message.attachments[0]?.url).toBe(`${box.url}/attachments/${message.attachments[0]?.id}/photo.jpg`);
  const fork = await box.fork({ as: "copy" });
  const headers = { "X-LINQ-INTEGRATION-TOKEN": fork.token };
  const answer = await fetch(`http://127.0.0.1:${port}/api/partner/v2/chats/1/chat_messages/${message.id}`, { headers });
  const { data } = (await answer.json()) as { data: typeof message };
  expect(data.attachments[0]?.url).toBe(`http://127.0.0.1:${port}/s/copy/attachments/${message.attachments[0]?.id}/photo.jpg`);
  await mock.stop();
});

test.each([
  ["image/svg+xml", "attachment"],
  ["text/html", "attachment"],
  ["application/xhtml+xml", "attachment"],
  ["application/pdf", "attachment"],
  ["image/png", "inline"],
])("a file of %s runs nothing in a browser", async (type, disposition) => {
  const mock = await startMockServer({ fixtures: smallWorld });
  const query = `filename=${encodeURIComponent("a'(\u202e)\r\n.svg")}`;
  const answer = await fetch(`${mock.url}/__mock/files?${query}`, {
    method: "POST",
    headers: { "Content-Type": type },
    body: "<script>",
  });
  const { file } = (await answer.json()) as { file: { url: string } };
  const { headers } = await fetch(file.url);
  expect(headers.get("content-disposition")).toBe(`${disposition}; filename*=UTF-8''a%27%28%E2%80%AE%29%0D%0A.svg`);
  expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  await mock.stop();
});
