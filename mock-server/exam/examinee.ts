import type { ClientTime } from "../../contracts/client/pace";
import type { ApiVersion } from "../server/api-version";
import { NO_SECRET, signaturesOf } from "../webhooks/delivery-attempt";
import { describeFailure } from "../webhooks/receiver-answers";
import type { EventSender } from "../webhooks/sender";
import type { World } from "../world/world";
import type { ExamWebhook } from "./webhooks";

/** Where a receiver is, and how it is sent to. */
export interface ExamineeOptions {
  readonly url: string;
  /** Undefined when webhooks are not signed. */
  readonly secret: string | undefined;
  readonly version: ApiVersion;
  readonly sender: EventSender;
  readonly time: ClientTime;
  /** That the webhooks are from. */
  readonly world: World;
}

/** What a receiver has answered: a status or, without any, why there is none. */
export interface ExamAnswer {
  readonly status: number | undefined;
  readonly error: string | undefined;
  /** Whether it had not come when its time was over. */
  readonly isTooSlow: boolean;
  readonly ms: number;
}

/** How a webhook is signed: as it should be, by another secret, not at all, as another webhook is, or as it was a while ago. */
type Signed = "well" | "by another secret" | "not" | { readonly as: ExamWebhook } | { readonly agoMs: number };

/** A receiver that takes the exam. */
export class Examinee {
  /** How long it took at most to answer. */
  slowestMs = 0;
  /** Whether anything has ever listened there: nobody at home is not a bad receiver. */
  isThere = false;
  readonly #options: ExamineeOptions;

  constructor(options: ExamineeOptions) {
    this.#options = options;
  }

  get isSigned(): boolean {
    return this.#options.secret !== undefined;
  }

  /** How long it has to answer. */
  get timeoutMs(): number {
    return this.#options.version.deliveryPolicy.timeoutMs;
  }

  async send(webhook: ExamWebhook, signed: Signed = "well"): Promise<ExamAnswer> {
    const { url, sender, time } = this.#options;
    const headers = { "Content-Type": "application/json", "User-Agent": "linq-mock", ...this.#headers(webhook, signed) };
    const startedAt = time.now();
    const deadline = time.deadline(this.timeoutMs);
    const ended = (answer: Partial<ExamAnswer>): ExamAnswer => {
      const ms = time.now() - startedAt;
      this.slowestMs = Math.max(this.slowestMs, ms);
      return { status: undefined, error: undefined, isTooSlow: false, ...answer, ms };
    };
    try {
      const { status, beginning } = await sender.post(url, webhook.body, headers, deadline);
      this.isThere = true;
      await beginning;
      return ended({ status });
    } catch (error) {
      const isTooSlow = error === deadline.reason;
      this.isThere ||= isTooSlow || !NOWHERE.includes((error as NodeJS.ErrnoException).code ?? "");
      return ended({
        isTooSlow,
        error: isTooSlow ? `no answer within ${this.timeoutMs / 1000} s` : describeFailure(url, error),
      });
    }
  }

  #headers(webhook: ExamWebhook, signed: Signed): Record<string, string> {
    const { secret, version, world, time } = this.#options;
    const { as = webhook, agoMs = 0 }: { as?: ExamWebhook; agoMs?: number } = typeof signed === "object" ? signed : {};
    const at = time.now() - agoMs;
    const others = version.webhookHeaders?.(world, { ...webhook, about: NOTHING }, NOBODY, at);
    if (secret === undefined || signed === "not") return { ...others };
    const signer = signed === "by another secret" ? NO_SECRET : secret;
    return { ...others, ...signaturesOf(version, as, signer, at) };
  }
}

const NOTHING = { chatId: undefined, messageId: undefined, cause: undefined };
/** A subscription that nobody has. */
const NOBODY = { id: 1 };

const NOWHERE = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

export function isTaken({ status = 0 }: ExamAnswer): boolean {
  return status >= 200 && status < 300;
}
