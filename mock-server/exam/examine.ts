import { type ClientTime, realTime } from "../../contracts/client/pace";
import type { ApiVersion } from "../server/api-version";
import { EventSender } from "../webhooks/sender";
import type { World } from "../world/world";
import { type ExamCheck, type ExamFinding, examOf } from "./checks";
import { Examinee, type ExamineeOptions, isTaken } from "./examinee";
import { ExamWebhooks } from "./webhooks";

/** How a receiver has passed. */
export interface Exam {
  readonly url: string;
  readonly version: string;
  /** A: all passed. B: with advice, or not all was asked. C: one failed. D: several did. F: an essential one did. */
  readonly grade: "A" | "B" | "C" | "D" | "F";
  readonly checks: readonly ExamOutcome[];
}

interface ExamOutcome extends Omit<ExamFinding, "advice"> {
  readonly id: string;
  readonly title: string;
  /** What to do; null where there is nothing. */
  readonly advice: string | null;
}

/** Why there is no exam. */
export class NoExam extends Error {
  readonly code: "receiver_unreachable" | "nothing_to_tell";

  constructor(code: NoExam["code"], message: string) {
    super(message);
    this.code = code;
  }
}

interface ExamOptions {
  readonly url: string;
  readonly secret: string | undefined;
  readonly version: ApiVersion;
  /** All that there are: the receiver may be of another. */
  readonly versions: readonly ApiVersion[];
  readonly time?: ClientTime;
  /** Told what is asked next, and its number, from 1. */
  readonly onCheck?: (title: string, number: number) => void;
}

/**
 * Sends a receiver what real life sends, and grades what it makes of it. Whether it may be sent anything, its caller has seen to.
 *
 * @throws NoExam when nobody listens there, or when the world has nothing to tell
 */
export async function examine(world: World, options: ExamOptions): Promise<Exam> {
  const { url, secret, version, versions, time = realTime, onCheck } = options;
  const webhooks = ExamWebhooks.of(world, { version, url });
  if (!webhooks)
    throw new NoExam("nothing_to_tell", "Nobody in this world has written twice in one chat, and the exam tells of that");
  const sender = new EventSender();
  try {
    const checks = examOf(version);
    const receiver = new Examinee({ url, secret, version, sender, time, world });
    const outcomes: ExamOutcome[] = [];
    for (const { id, title, ask } of checks) {
      const [first] = outcomes;
      const isLost = first !== undefined && first.result !== "passed";
      if (!isLost) onCheck?.(title, outcomes.length + 1);
      const finding: ExamFinding = isLost ? NOT_ASKED : await ask(receiver, webhooks);
      if (!receiver.isThere) throw new NoExam("receiver_unreachable", `Nobody takes webhooks there: ${finding.reason}`);
      outcomes.push({ id, title, ...finding, advice: finding.advice ?? null });
    }
    const [first] = outcomes;
    if (first?.result === "failed" && receiver.slowestMs < receiver.timeoutMs) {
      const others = versions.filter((one) => one !== version);
      const taken = await versionTaken(world, others, { url, secret, sender, time });
      outcomes[0] = { ...first, advice: taken ? adviceOnVersion(version, taken) : first.advice };
    }
    return { url, version: version.name, grade: gradeOf(outcomes, checks), checks: outcomes };
  } finally {
    sender.close();
  }
}

/** The first version whose webhook a receiver takes. */
async function versionTaken(
  world: World,
  versions: readonly ApiVersion[],
  to: Omit<ExamineeOptions, "version" | "world">,
): Promise<ApiVersion | undefined> {
  for (const version of versions) {
    const webhook = ExamWebhooks.of(world, { version, url: to.url })?.usual();
    if (webhook && isTaken(await new Examinee({ ...to, version, world }).send(webhook))) return version;
  }
  return undefined;
}

function adviceOnVersion({ name: asked }: ApiVersion, { name: taken }: ApiVersion): string {
  return `It takes webhooks of ${taken.toUpperCase()}, and these are of ${asked.toUpperCase()}: did you mean --api-version ${taken}?`;
}

const NOT_ASKED: ExamFinding = {
  result: "not_asked",
  reason: "nothing can be told of a receiver that does not take a webhook",
};

function gradeOf(outcomes: readonly ExamOutcome[], checks: readonly ExamCheck[]): Exam["grade"] {
  const essential = new Set(checks.filter(({ isEssential }) => isEssential).map(({ id }) => id));
  const failed = outcomes.filter(({ result }) => result === "failed");
  if (failed.some(({ id }) => essential.has(id))) return "F";
  if (failed.length > 0) return failed.length > 1 ? "D" : "C";
  return outcomes.some(({ result }) => result !== "passed") ? "B" : "A";
}
