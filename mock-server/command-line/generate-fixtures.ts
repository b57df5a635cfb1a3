import type { GenerateOptions } from "../../fixtures/generate/options";
import type { FixtureChat } from "../../fixtures/generated/fixture-document";
import { timeOf } from "../../fixtures/resolve/times";
import { generator } from "../../fixtures/seeds";
import { CommandError } from "./command-error";
import { ProgressLine } from "./progress-line";
import { checkOutput, writeDocument } from "./write-document";

export interface GenerateFlags extends Omit<GenerateOptions, "until" | "locales"> {
  readonly locale: readonly string[];
  readonly until?: string;
  readonly out?: string;
}

/** Writes a world that is made up. The same flags give the same bytes. */
export async function generateFixtures({ out, locale, until, ...wishes }: GenerateFlags): Promise<void> {
  checkOutput(out);
  const options = {
    ...wishes,
    ...(locale.length > 0 && { locales: locale }),
    ...(until !== undefined && { until: instantOf(until) }),
  } as GenerateOptions; // the generator says what is wrong with them
  const { head, chats } = granted(() => generator().generateFixture(options));
  const progress = new ProgressLine();
  await writeDocument({ head: { ...head }, chats: shown(chats, options.chats ?? 0, progress) }, out).finally(() =>
    progress.end(),
  );
}

function* shown(chats: Iterable<FixtureChat>, total: number, progress: ProgressLine): Generator<FixtureChat> {
  let done = 0;
  for (const chat of chats) {
    yield chat;
    done += 1;
    progress.show("chats", done, Math.max(total, done));
  }
}

function instantOf(written: string): number {
  const instant = timeOf(written, Number.NaN); // what is measured from now would not be the same bytes again
  if (Number.isNaN(instant))
    throw new CommandError("--until is a time of ISO 8601 with an offset, such as 2025-05-21T15:30:00-05:00");
  return instant;
}

function granted<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(error.message);
    throw error;
  }
}
