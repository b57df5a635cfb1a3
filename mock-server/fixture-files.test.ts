import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateFixture } from "../fixtures/generate/generate";
import { loadNow } from "../fixtures/load/load-now";
import type { FixtureError } from "../fixtures/load/problem";
import { SEEDS } from "../fixtures/seeds";
import { apiClient } from "./testing/api-client";
import { ANN, LINE } from "./testing/worlds";

// Asserted here, too: A-contact-empty, A-delivery, A-message-order, A-page-past-end.

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-files-"));
  mkdirSync(join(folder, "world/photos"), { recursive: true });
  file = join(folder, "world/world.json");
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "world/plan.txt"), "The plan");
  writeFileSync(join(folder, "world/photos/ann.jpg"), "a photo");
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(attachments: readonly unknown[], image = "ann.jpg"): void {
  const contacts = [{ first_name: "Ann", phone_number: ANN, image_url: image }];
  const chats = [{ line: LINE, participants: [ANN], messages: [{ from: ANN, attachments }] }];
  writeFileSync(file, JSON.stringify({ version: 1, lines: [LINE], contacts, chats }));
}

/** What the first message's files are said to be, and what is there. */
async function served(): Promise<unknown[]> {
  const api = apiClient({ fixtures: file });
  const { attachments } = (await api.get("/chats/1/chat_messages/1")).body.data;
  const shown = [];
  for (const { url, filename, file_size } of attachments)
    shown.push([filename, file_size, (await api.download(url)).bytes.toString()]);
  return shown;
}

function problems(): string[] {
  try {
    return loadNow(file, { now: 0 }).warnings.map(({ severity, pointer }) => `${severity} ${pointer}`);
  } catch (error) {
    return (error as FixtureError).problems.map(({ severity, pointer }) => `${severity} ${pointer}`);
  }
}

test("a file that stands beside a fixture is served as itself", async () => {
  write([
    "plan.txt",
    "./plan.txt",
    "photos/ann.jpg",
    { file: "photos/ann.jpg", filename: "me.jpg" },
    { filename: "plan.txt", file_size: 3 },
  ]);
  expect(await served()).toEqual([
    ["plan.txt", 8, "The plan"],
    ["plan.txt", 8, "The plan"],
    ["ann.jpg", 7, "a photo"],
    ["me.jpg", 7, "a photo"],
    ["plan.txt", 3, "The plan"],
  ]);
  expect(problems()).toEqual([]);
});

test("what is not there is a placeholder; a path to it is told, a name is not", async () => {
  write(["other.txt", "photos/other.txt", { file: "gone.txt" }, "./photos"], "./nobody.jpg");
  expect((await served()).slice(0, 3)).toMatchObject([
    ["other.txt", 0, expect.stringContaining("In the place of other.txt")],
    ["other.txt", 0, expect.stringContaining("In the place of other.txt")],
    ["gone.txt", 0, expect.stringContaining("In the place of gone.txt")],
  ]);
  const at = "/chats/0/messages/0/attachments";
  expect(problems()).toEqual(
    ["/contacts/0/image_url", `${at}/1`, `${at}/2/file`, `${at}/3`].map((pointer) => `warning ${pointer}`),
  );
});

test("nothing outside of the folder of a fixture is served, by whatever way", async () => {
  symlinkSync(join(folder, "secret.txt"), join(folder, "world/link.txt"));
  symlinkSync(folder, join(folder, "world/up"));
  const ways = ["../secret.txt", "photos/../../secret.txt", "../nothing.txt", "./link.txt", "link.txt", "up/secret.txt"];
  write([...ways, { file: "../secret.txt" }], "../secret.txt");
  const at = "/chats/0/messages/0/attachments";
  const pointers = ["/contacts/0/image_url", ...ways.map((_, i) => `${at}/${i}`), `${at}/${ways.length}/file`];
  expect(problems()).toEqual(pointers.map((pointer) => `error ${pointer}`));
  write(["/etc/hostname", `${folder}/secret.txt`]); // below the folder, where there is none
  expect(problems()).toEqual([`warning ${at}/0`, `warning ${at}/1`]);
});

test("a file that became a link since is a placeholder", async () => {
  write(["plan.txt"]);
  const api = apiClient({ fixtures: file });
  const { attachments } = (await api.get("/chats/1/chat_messages/1")).body.data;
  rmSync(join(folder, "world/plan.txt"));
  symlinkSync(join(folder, "secret.txt"), join(folder, "world/plan.txt"));
  expect((await api.download(attachments[0].url)).bytes.toString()).toContain("In the place of plan.txt");
});

test("a document that was sent has no files beside it", async () => {
  write([]);
  const api = apiClient({ fixtures: file });
  const messages = [{ from: ANN, attachments: ["package.json", "./package.json"] }];
  const document = { version: 1, lines: [LINE], chats: [{ line: LINE, participants: [ANN], messages }] };
  const { body } = await api.put("//__mock/fixtures", document);
  expect(body.problems).toMatchObject([{ pointer: "/chats/0/messages/0/attachments/1" }]);
  const { attachments } = (await api.get("/chats/1/chat_messages/1")).body.data;
  for (const { url } of attachments) expect((await api.download(url)).bytes.toString()).not.toContain("linq-mock");
});

test("a picture of a contact is served, and exported by its name", async () => {
  for (const [image, content] of [
    ["./photos/ann.jpg", "a photo"],
    ["unknown.png", "PNG"],
  ] as const) {
    write([], image);
    const api = apiClient({ fixtures: file });
    const { image_url } = (await api.get("/contacts/1")).body.data;
    expect(new URL(image_url).pathname).toMatch(/^\/attachments\/contacts\/1\/\w+\.(jpg|png)$/);
    expect((await api.download(image_url)).bytes.toString()).toContain(content);
    expect((await api.get("//__mock/state")).body.contacts[0].image_url).toBe(image.split("/").at(-1));
  }
});

test.each(SEEDS.filter(({ name }) => name !== "large").map(({ name }) => name))(
  "every file of %s is served by the mock",
  async (name) => {
    const { records } = loadNow(name, { now: Date.UTC(2025, 6, 1) });
    const urls = [
      ...records.messages.flatMap(({ attachments }) => attachments.map(({ url }) => url)),
      ...records.contacts.map(({ imageUrl }) => imageUrl),
    ];
    expect(urls.filter((url) => url !== null)).toEqual([]);
  },
);

test("what is generated names no host", () => {
  const { head, chats } = generateFixture({ chats: 30, messages: 500, contacts: 10, seed: 3 });
  expect(JSON.stringify([head, ...chats])).not.toMatch(/https?:/);
});

test("every file of the shipped world can be had", async () => {
  const api = apiClient({ fixtures: "default" });
  const chats = (await api.get("//__mock/state")).body.chats as { id: number }[];
  let count = 0;
  for (const { id } of chats) {
    const { data } = (await api.get(`/chats/${id}/chat_messages?per_page=100`)).body;
    for (const attachment of data.flatMap((message: { attachments: object[] }) => message.attachments)) {
      const { status, type, bytes } = await api.download(attachment.url);
      expect([attachment.filename, status, type]).toEqual([attachment.filename, 200, attachment.mime_type]);
      expect([attachment.filename, bytes.length]).toEqual([attachment.filename, attachment.file_size]);
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(20);
});

test("files are as they were when the mock loads its own export: those beside the fixture, and uploads", async () => {
  write(["plan.txt", "other.txt"], "./photos/ann.jpg");
  const api = apiClient({ fixtures: file });
  const content_base64 = Buffer.from("an upload").toString("base64");
  await api.post("//__mock/simulate/message", { chat: 1, attachments: [{ filename: "up.txt", content_base64 }] });
  const contents = async () => {
    const { data } = (await api.get("/chats/1/chat_messages")).body;
    const urls = data.flatMap(({ attachments }: { attachments: { url: string }[] }) => attachments.map(({ url }) => url));
    urls.push((await api.get("/contacts/1")).body.data.image_url);
    return Promise.all(urls.map(async (url: string) => (await api.download(url)).bytes.toString()));
  };
  const before = await contents();
  expect(before).toEqual(expect.arrayContaining(["The plan", "a photo", "an upload"]));
  const { body: state } = await api.get("//__mock/state");
  expect((await api.put("//__mock/fixtures", state)).status).toBe(200);
  expect(await contents()).toEqual(before);
  state.chats[0].messages[0].attachments[0].file_size = 3; // another file, so that its bytes are none that are known
  await api.put("//__mock/fixtures", state);
  expect((await contents())[0]).toContain("In the place of plan.txt");
});
