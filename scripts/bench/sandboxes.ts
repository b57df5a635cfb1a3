import { call } from "./call";
import { type Findings, kilobytes, megabytes } from "./figures";
import { startProbedServer } from "./server-process";

const SANDBOXES = 1000;

/** The memory of a mock with the shipped fixtures and many sandboxes, each of which was used once. */
export async function sandboxes(): Promise<Findings> {
  const mock = await startProbedServer(["dist/cli.js", "--port"], "/__mock/health");
  for (let i = 0; i < SANDBOXES; i += 1) await sendFrom("warm-up");
  const before = await mock.memory();
  for (let i = 0; i < SANDBOXES; i += 1) await sendFrom(String(i));
  const after = await mock.memory();
  await mock.stop();
  const each = kilobytes((after.alive - before.alive) / SANDBOXES);
  return {
    figures: [{ what: "1,000 sandboxes, each with a message sent", measured: `${megabytes(after.rss)} in all, ${each} each` }],
  };

  async function sendFrom(name: string): Promise<void> {
    await call(mock, "POST", `/s/box-${name}/api/partner/v2/chats/1/chat_messages`, { message: { text: `from ${name}` } });
  }
}
