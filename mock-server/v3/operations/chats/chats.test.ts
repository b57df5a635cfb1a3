import { operations } from "../../../../contracts/generated/v3/operations";
import { textOfV3 } from "../../../../contracts/testing/contract-examples";
import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, CAY, LINE, OTHER_LINE, STRANGER, smallWorld } from "../../../testing/worlds";

/*
 * Rests on A-v3-available-number, A-v3-code-choice, A-v3-chat-order, A-v3-display-name, A-v3-handles-order, A-v3-put-chat-status, A-v3-leave-status, A-v3-typing-group,
 * A-v3-leave-visibility, A-v3-group-clear, A-v3-linked-file, A-v3-sandbox-participant, A-v3-message-order, A-v3-service-initial, A-v3-delays.
 */

const people = ["+12055550111", "+12055550112", "+12055550113"];
const text = (value: string): object => ({ parts: [{ type: "text", value }] });

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
}

async function newGroup(api: ReturnType<typeof freshApi>, to = people): Promise<string> {
  const { body } = await api.post("/chats", { from: LINE, to, message: text("Hello all") });
  return body.chat.id;
}

test("chats are listed by their last activity, in pages whose cursor is an offset", async () => {
  const api = freshApi();
  await api.post("/chats", { from: LINE, to: [ANN], message: text("Newest") });
  const first = await api.get("/chats?limit=2");
  expect(first.body.next_cursor).toBe("2");
  expect(first.body.chats[0].display_name).toBe(`${LINE}, ${ANN}`);
  const all = [...first.body.chats];
  for (let cursor = first.body.next_cursor; cursor; ) {
    const page = await api.get(`/chats?limit=2&cursor=${cursor}`);
    all.push(...page.body.chats);
    cursor = page.body.next_cursor;
  }
  expect(new Set(all.map(({ id }) => id)).size).toBe(5);
  const ofAnn = await api.get(`/chats?from=${encodeURIComponent(LINE)}&to=${encodeURIComponent(ANN)}`);
  expect(ofAnn.body.chats).toHaveLength(3);
});

test("whatever changes in a chat moves its updated_at, and only messages its place; nothing moves either back (A-v3-chat-updated)", async () => {
  const api = freshApi();
  const id = await newGroup(api);
  const updatedAt = async () => (await api.get(`/chats/${id}`)).body.updated_at;
  const { messages } = (await api.get(`/chats/${id}/messages`)).body;
  const changes = [
    () => api.put(`/chats/${id}`, { display_name: "All" }),
    () => api.put(`/chats/${id}`, { group_chat_icon: "https://i.example.com/a.png" }),
    () => api.post(`/chats/${id}/participants`, { handle: STRANGER }),
    () => api.post("//__mock/simulate/participant_removed", { chat: id, participant: STRANGER }),
  ];
  for (const [i, change] of changes.entries()) {
    await api.advance(1000);
    await change();
    expect(await updatedAt()).toBe(`2026-01-05T12:00:0${i + 1}.000Z`);
  }
  const places = async () => (await api.get("/chats")).body.chats.map((one: { id: string }) => one.id);
  const before = await places();
  await api.delete(`/messages/${messages[0].id}`);
  expect([before[0], await places(), await updatedAt()]).toEqual([id, before, "2026-01-05T12:00:04.000Z"]);
});

test.each([
  ["", 5],
  ["2&limit=3", 3],
])("?limit=%s lists %d (A-v3-query-values)", async (limit, count) => {
  expect((await freshApi().get(`/chats?limit=${limit}`)).body.chats).toHaveLength(count);
});

test.each([
  ["/chats?limit=0", 400, 1005],
  ["/chats?limit=101", 400, 1005],
  ["/chats?cursor=x", 400, 1005],
  ["/chats?from=%2B12055559999", 403, 2006],
  ["/chats?from=2052761148", 400, 1002],
  ["/chats?to=205", 400, 1002],
  ["/chats?from=+12052761148", 400, 1002],
  ["/contact_card?phone_number=+12052761148", 400, 1002],
  ["/payment_requests?status=nope", 400, 1005],
])("GET %s is %d %d", async (path, status, code) => {
  const answer = await freshApi().get(path);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  expect(/percent-encode/.test(answer.hint ?? "")).toBe(path.includes("+"));
});

test("a group is renamed and gets a picture; then it is left out of the matching, and its id stays", async () => {
  const api = freshApi();
  const id = await newGroup(api);
  expect((await api.put(`/chats/${id}`, {})).status).toBe(200); // A-v3-put-chat-status
  const { status, body } = await api.put(`/chats/${id}`, {
    display_name: "Trip",
    group_chat_icon: "https://example.com/i.png",
  });
  expect([status, body]).toEqual([200, { chat_id: id, status: "pending" }]);
  expect((await api.get(`/chats/${id}`)).body).toMatchObject({
    display_name: "Trip",
    group_chat_icon: "https://example.com/i.png",
  });
  expect(await newGroup(api)).not.toBe(id);
});

test.each(["", null])("a name or a picture of %j takes it away", async (none) => {
  const api = freshApi();
  const id = await newGroup(api);
  await api.put(`/chats/${id}`, { display_name: "Trip", group_chat_icon: "https://example.com/i" });
  const answer = await api.put(`/chats/${id}`, { display_name: none, group_chat_icon: none });
  expect([answer.status, answer.assumptions.includes("A-v3-group-clear")]).toEqual([200, true]);
  const cleared = { display_name: [LINE, ...people].join(", "), group_chat_icon: null };
  expect((await api.get(`/chats/${id}`)).body).toMatchObject(cleared);
});

test.each([
  ["https://example.com/i.pdf", 5004],
  ["http://example.com/i.png", 1005],
  ["i.png", 1005],
])("the picture %s of a group is 400, %d", async (group_chat_icon, code) => {
  const api = freshApi();
  const answer = await api.put(`/chats/${await newGroup(api)}`, { group_chat_icon });
  expect([answer.status, answer.body.error.code]).toEqual([400, code]);
});

test("a direct chat has no name", async () => {
  const api = freshApi();
  const { body } = await api.get(`/chats?to=${encodeURIComponent(ANN)}`);
  const direct = body.chats.find(({ is_group }: { is_group: boolean }) => !is_group);
  const answer = await api.put(`/chats/${direct.id}`, { display_name: "No" });
  expect([answer.status, answer.body.error.code]).toEqual([409, 1006]);
});

test("people are added to a group and removed from it; three stay", async () => {
  const api = freshApi();
  const id = await newGroup(api, people.slice(0, 2));
  const added = await api.post(`/chats/${id}/participants`, { handle: STRANGER });
  expect([added.status, added.body.status]).toEqual([202, "accepted"]);
  expect(added.body.trace_id).toBe(added.headers["x-trace-id"]);
  const remove = (handle: string) =>
    api.send("DELETE", `/chats/${id}/participants`, {
      body: JSON.stringify({ handle }),
      headers: { "Content-Type": "application/json" },
    });
  expect((await remove(STRANGER)).status).toBe(202);
  const { handles } = (await api.get(`/chats/${id}`)).body;
  expect(handles.find(({ handle }: { handle: string }) => handle === STRANGER)).toMatchObject({
    status: "removed",
    left_at: "2026-01-05T12:00:00.000Z",
  });
  const tooFew = await remove(people[0] ?? "");
  expect([tooFew.status, tooFew.body.error.code]).toEqual([409, 2015]);
  const off = await api.post(`/chats/${id}/participants`, { handle: CAY });
  expect([off.status, off.body.error.code]).toEqual([409, 2017]);
});

test("a group that was left is still there to look at, and nothing more can be done in it", async () => {
  const api = freshApi();
  const { body } = await api.post("/chats", { from: LINE, to: people, message: text("Hello all") });
  const { id, message } = body.chat;
  expect((await api.post(`/chats/${id}/leave`)).status).toBe(202);
  const left = await api.get(`/chats/${id}`);
  expect(left.body.handles[0]).toMatchObject({ handle: LINE, status: "left", is_me: true });
  expect(left.assumptions).toContain("A-v3-leave-visibility");
  for (const [of, { method, path }] of Object.entries(operations)) {
    if (of === "getChat" || !/\{(chat|message)Id\}/.test(path)) continue;
    const asked = path
      .replace("{chatId}", id)
      .replace("{messageId}", message.id)
      .replace(/\{\w+\}/, id);
    const example = textOfV3.bodies.find((one) => one.of === of)?.value;
    const json = { body: JSON.stringify(example), headers: { "Content-Type": "application/json" } };
    const refused = await api.send(method, asked, example === undefined ? {} : json);
    expect([of, refused.status, refused.body.error.code]).toEqual([of, 409, 2013]);
  }
  expect(await newGroup(api)).not.toBe(id);
});

test("typing is shown in direct chats, ends by itself after 85 s, and in groups it is accepted without effect", async () => {
  const api = freshApi();
  const { body } = await api.post("/chats", { from: LINE, to: [ANN], message: text("Hi") });
  const group = await newGroup(api);
  const types = async () => (await api.get("//__mock/chats")).body.chats.flatMap(typingIn);
  expect((await api.post(`/chats/${group}/typing`)).status).toBe(204);
  expect(await types()).toEqual([]);
  expect((await api.post(`/chats/${body.chat.id}/typing`)).status).toBe(204);
  await api.advance(84_000);
  expect(await types()).toEqual([LINE]);
  await api.advance(2000);
  expect(await types()).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
function typingIn({ participants }: any): string[] {
  return participants.flatMap((one: { typing: boolean; identifier: string }) => (one.typing ? [one.identifier] : []));
}

test("reading marks what was received, and V2 sees it", async () => {
  const api = freshApi();
  const { body } = await api.get(`/chats?to=${encodeURIComponent(ANN)}`);
  const direct = body.chats.find(
    ({ is_group, handles }: { is_group: boolean; handles: { handle: string }[] }) => !is_group && handles[0]?.handle === LINE,
  );
  expect((await api.post(`/chats/${direct.id}/read`)).status).toBe(204);
  const { messages } = (await api.get(`/chats/${direct.id}/messages`)).body;
  expect(messages).toMatchObject([{ delivery_status: "received", is_read: true, is_from_me: false, from: ANN }]);
});

test("reading has no effect in a group", async () => {
  const api = freshApi();
  const id = await newGroup(api);
  const { chats } = (await api.get("//__mock/chats")).body;
  const { id: chat } = chats.find((one: { participants: unknown[] }) => one.participants.length > 3);
  await api.post("//__mock/simulate/message", { chat, from: people[0], text: "Hello" });
  expect((await api.post(`/chats/${id}/read`)).status).toBe(204);
  expect((await api.get(`/chats/${id}/messages`)).body.messages[0]).toMatchObject({
    delivery_status: "received",
    is_read: false,
  });
});

test("in the vendor's sandbox only who has written is added to a group", async () => {
  const api = apiClient({ fixtures: smallWorld, vendorSandbox: true }, "v3");
  for (const from of [...people, STRANGER]) await api.post("//__mock/simulate/message", { from, line: LINE, text: "Hi" });
  const id = await newGroup(api);
  const add = (handle: string) => api.post(`/chats/${id}/participants`, { handle });
  const refused = await add("+12055550177");
  expect([refused.status, refused.body.error.code]).toEqual([403, 2008]);
  expect((await add(STRANGER)).status).toBe(202);
});

test("messages come newest first, in pages that new ones do not move; a cursor of another list is refused", async () => {
  const api = freshApi();
  const { body } = await api.post("/chats", { from: LINE, to: [BEN], message: text("1") });
  const { id } = body.chat;
  for (const value of ["2", "3", "4"]) await api.post(`/chats/${id}/messages`, { message: text(value) });
  const first = (await api.get(`/chats/${id}/messages?limit=2`)).body;
  const values = ({ messages }: { messages: { parts: { value: string }[] }[] }) => messages.map(({ parts }) => parts[0]?.value);
  expect(values(first)).toEqual(["4", "3"]);
  await api.post(`/chats/${id}/messages`, { message: text("5") });
  const second = (await api.get(`/chats/${id}/messages?limit=2&cursor=${first.next_cursor}`)).body;
  expect(values(second)).toEqual(["2", "1"]);
  expect(second.next_cursor).toBeNull();
  const other = await newGroup(api);
  const refused = await api.get(`/chats/${other}/messages?cursor=${first.next_cursor}`);
  expect([refused.status, refused.body.error.code]).toEqual([400, 1005]);
});

test("at one instant, the chat that was written to last comes first, and its line is chosen", async () => {
  const api = apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
  const to = ["+12055550900"];
  const message = { parts: [{ type: "text", value: "Hi" }] };
  for (const from of [LINE, OTHER_LINE, LINE, OTHER_LINE, LINE]) {
    await api.post("/chats", { from, to, message });
    const { chats } = (await api.get("/chats?to=%2B12055550900")).body;
    const own = chats[0].handles.find(({ is_me }: { is_me: boolean }) => is_me);
    const available = await api.get("/available_number?to=%2B12055550900");
    expect([own.handle, available.body.phone_number]).toEqual([from, from]);
  }
});
