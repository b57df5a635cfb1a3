import { printableText, type TokenRefused } from "../../../contracts/client/errors";
import { TOKEN_HEADER } from "../../../contracts/client/url-and-token";
import { asObject } from "../../../contracts/exchange";
import { labels } from "../../../contracts/redact/private-value";
import { Redactor } from "../../../contracts/redact/redactor";
import { CommandError } from "../input";

/** How a run was asked for, and how far it came. */
interface RefusedRun {
  readonly token: string;
  readonly tokenStdin?: boolean | undefined;
  /** How many checks were done. */
  readonly done: number;
}

const MOST_CHARACTERS = 120;

/** What to tell whoever is called at night because a token is refused: it may be the token, and it may be the server. */
export function explainRefusedToken({ url, body }: TokenRefused, { token, tokenStdin, done }: RefusedRun): CommandError {
  const said = messageOf(body, token);
  const answer = `GET /${url.pathname.split("/").at(-1)} answers 401${said === undefined ? "" : ` "${said}"`}`;
  const source = tokenStdin ? "stdin" : "LINQ_TOKEN";
  const lines = [
    `${done === 0 ? "nothing was checked" : `stopped after ${done} checks, and nothing is reported`}: ${answer}.`,
    `  ${url.origin} refuses the token from ${source} (set, ${token.length} characters).`,
    "  Renew it in the job; if customers get 401, too, the server is at fault.",
    `  see it  curl -g -i '${url.href}' -H "${TOKEN_HEADER.toUpperCase()}: $LINQ_TOKEN"`,
  ];
  return new CommandError(lines.join("\n"), { isSafe: true });
}

/** What the answer says, without what is private. */
function messageOf(body: unknown, token: string): string | undefined {
  const { errors, message } = asObject(body);
  const [first] = Array.isArray(errors) ? (errors as unknown[]) : [];
  const { detail, title } = asObject(first) as { detail?: unknown; title?: unknown };
  const said = [detail, message, title].find((text) => typeof text === "string" && text !== "");
  if (typeof said !== "string") return undefined;
  const redactor = new Redactor({ replace: labels() });
  redactor.add(token, "secret");
  const text = printableText(redactor.text(said));
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
