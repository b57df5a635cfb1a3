import { startMockServer } from "../server/start-mock-server";
import { sandboxClient } from "../testing/api-client";

// Asserted here, too: A-message-order.

test("everybody in a group of 31, e-mail included, writes with a file, reacts, and reads; one leaves and comes back", async () => {
  const line = "+12052761148";
  const numbers = Array.from({ length: 29 }, (_, i) => `+1205555${String(100 + i).padStart(4, "0")}`);
  const people = [...numbers, "ann@example.com", "ben@example.com"];
  const fixtures = {
    version: 1 as const,
    lines: [line],
    chats: [{ line, participants: people, messages: [{ me: "Hello, all" }] }],
  };
  const mock = await startMockServer({ fixtures });
  const box = await mock.sandbox();
  for (const from of people) {
    const { message } = await box.simulate.message({ chat: 1, from, text: "Here", attachments: [{ id: "sample-photo" }] });
    expect([message.sent_from, message.attachments]).toMatchObject([from, [{ filename: "photo.jpg" }]]);
    await box.simulate.reaction({ message: 1, from, type: "love" });
    await box.simulate.read({ chat: 1, from });
  }
  const { data } = await sandboxClient(box)("GET", "/chats/1/chat_messages/1");
  expect(data.reactions).toHaveLength(31);
  for (const participant of people.slice(-1)) {
    await box.simulate.participantRemoved({ chat: 1, participant });
    await expect(box.simulate.message({ chat: 1, from: participant, text: "Gone" })).rejects.toThrow(/is not in chat 1/);
    await box.simulate.participantAdded({ chat: 1, participant });
    await box.simulate.message({ chat: 1, from: participant, text: "Back" });
    await box.simulate.call({ line, with: numbers[0] ?? "" });
  }
  expect(await box.contractViolations()).toEqual([]);
  await mock.stop();
});

test("a stranger begins a conversation, by number or by e-mail", async () => {
  const mock = await startMockServer({ fixtures: { version: 1, lines: ["+12052761148"] } });
  const box = await mock.sandbox();
  for (const from of ["+12055550199", "stranger@example.com"]) {
    const { chat, message } = await box.simulate.message({
      line: "+12052761148",
      from,
      attachments: [{ id: "sample-voice-memo" }],
    });
    expect([message.sent_from, chat.message_count]).toEqual([from, 1]);
    await box.simulate.typing({ chat: chat.id });
  }
  await mock.stop();
});
