import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { en, Faker } from "@faker-js/faker";
import { findChatPath } from "../../contracts/operations";
import type { FixtureDocument } from "../../fixtures/generated/fixture-document";

const LINE = "+12052761148";
const CHATS_PER_CONTACT = 10;

/** A world of one line with n one-to-one chats of one message each; every tenth participant is a contact. Up to 100,000. */
export function worldOf(n: number): FixtureDocument {
  const faker = new Faker({ locale: en, seed: 1 });
  const numbers = Array.from({ length: n }, (_, i) => `+1${200 + Math.floor(i / 1000)}555${String(i % 1000).padStart(4, "0")}`);
  return {
    version: 1,
    users: [{ name: "Ada Lovelace", email: "ada@example.com" }],
    lines: [{ phone_number: LINE }],
    contacts: numbers
      .filter((_, i) => i % CHATS_PER_CONTACT === 0)
      .map((phone_number) => ({ first_name: faker.person.firstName(), last_name: faker.person.lastName(), phone_number })),
    chats: numbers.map((number) => ({
      line: LINE,
      participants: [number],
      messages: [{ from: number, text: "Are you open on Sunday?" }],
    })),
  };
}

/** A world of one line with one chat of n messages. */
export function longChat(n: number): FixtureDocument {
  const world = worldOf(1);
  const chats = world.chats?.map((chat) => {
    const [{ from } = { from: LINE }] = chat.messages ?? [];
    return { ...chat, messages: Array.from({ length: n }, (_, i) => ({ from, text: `Are you open on day ${i}?` })) };
  });
  return { ...world, ...(chats && { chats }) };
}

/** Writes a world into a folder, as a file that a server can be started with. */
export function worldFile(folder: string, name: string, world: FixtureDocument): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(world));
  return file;
}

/** The paths of Find Chat for chats spread over the whole world, at most 1,000 of them. */
export function findPaths({ chats = [] }: FixtureDocument): string[] {
  const step = Math.max(1, Math.floor(chats.length / 1000));
  return chats
    .filter((_, i) => i % step === 0)
    .map(({ line, participants }) => `/api/partner/v2${findChatPath(line, participants.map(String))}`);
}

export const GENERATED = { chats: 100_000, messages: 1_000_000, contacts: 20_000 };

/** Generates a world of that size into a folder by `linq-mock fixtures generate`; resolves with the file. */
export async function generateWorld(folder: string): Promise<string> {
  const file = join(folder, "generated.json");
  const options = Object.entries(GENERATED).flatMap(([what, count]) => [`--${what}`, String(count)]);
  await promisify(execFile)(process.execPath, ["dist/cli.js", "fixtures", "generate", ...options, "--force", "--out", file]);
  return file;
}
