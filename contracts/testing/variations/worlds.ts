import { contractWorld } from "../../../fixtures/contract-world";
import type { FixtureDocument } from "../../../fixtures/generated/fixture-document";
import { MutantRunner } from "../mutants/runner";
import { outcomeOf, type VariationResult } from "./judge-variations";
import type { Variation } from "./variation";

/** A server that holds other things than ours, or while somebody writes to it. */
interface World {
  readonly name: string;
  readonly fixtures: () => FixtureDocument;
  readonly layer?: Variation;
}

const LINES = ["+12052761148", "+13125550150", "+15559876543"];
const MANY = 10_000;

export const worlds: readonly World[] = [
  { name: "an account that is empty", fixtures: () => ({ version: 1, lines: LINES.slice(0, 2) }) },
  {
    name: `an account with 3 lines and ${MANY} chats`,
    fixtures: () => ({
      ...contractWorld(),
      chats: Array.from({ length: MANY }, (_, i) => ({
        line: LINES[i % 3] as string,
        participants: [`+1206555${String(i).padStart(4, "0")}`],
        messages: [{ from: LINES[i % 3] as string, text: "Hello", sent_at: "2025-06-02T09:00:00.000-05:00" }],
      })),
    }),
  },
  {
    name: "an account that others write to while it is read",
    fixtures: contractWorld,
    layer: {
      name: "somebody writes",
      contradicts: [],
      request: {
        every: async (_, { healthy, memory }) => {
          const times = memory.count("requests");
          if (times % 4 !== 0) return;
          await healthy.createContact({ first_name: "Somebody", email: `somebody${times}@example.com` });
          const { items } = await healthy.chats(LINES[0] as string, { per_page: 5 });
          for (const { id } of items) await healthy.send(id, { text: `Meanwhile ${times}` });
        },
      },
    },
  },
];

/** What is said of a server with other contents. */
export async function judgeWorld({ name, fixtures, layer }: World): Promise<VariationResult> {
  const runner = await MutantRunner.start(fixtures());
  try {
    const report = await runner.report(layer ? [layer] : [], { demands: "documented", isShared: layer !== undefined });
    return { name, ...outcomeOf(report, []) };
  } finally {
    await runner.stop();
  }
}
