import { startTarget } from "../../../testing/start-mock";
import { shippedValues, shippedWorld } from "./shipped-world";

const { line, people, ids } = shippedWorld;

test("the mock holds what the commands for it name", async () => {
  const target = await startTarget();
  const read = async (path: string): Promise<{ data: never; phone_numbers: never; email: string }> => {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": target.token };
    const response = await fetch(`${target.url}/api/partner/v2${path}`, { headers });
    expect([path, response.status]).toEqual([path, 200]);
    return (await response.json()) as never;
  };
  try {
    const chats: { id: number; chat_handles: { phone_number: string }[] }[] = (
      await read(`/chats?phone_number=${encodeURIComponent(line)}&per_page=100`)
    ).data;
    const members = chats.map(({ chat_handles }) => chat_handles.map(({ phone_number }) => phone_number));
    expect(members).toContainEqual([people[0], line]);
    expect(members).toContainEqual([...people.slice(1), line]);
    expect(chats.find(({ id }) => String(id) === ids["chats"])?.chat_handles[0]?.phone_number).toBe(people[0]);

    const { data: message }: { data: { sent_from: string } } = await read(
      `/chats/${ids["chats"]}/chat_messages/${ids["chat_messages"]}`,
    );
    expect(message.sent_from).toBe(line);
    await read(`/chat_message_reactions/${ids["chat_message_reactions"]}`);
    await read(`/contacts/${ids["contacts"]}`);
    expect((await read(`/contacts/find?email=${shippedValues.EMAIL(1)}`)).email).toBe(shippedValues.EMAIL(1));
    const lines: { id: number; phone_number: string }[] = (await read("/phone_numbers")).phone_numbers;
    expect(lines.find(({ phone_number }) => phone_number === line)?.id).toBe(Number(ids["phone_numbers"]));
  } finally {
    await target.stop();
  }
});
