import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { act } from "./action";
import { addressWith, go } from "./address";
import { CONTROL, call, type Schemas } from "./api";
import { timeText } from "./clock";
import { openDialog } from "./dialog";
import { conversation } from "./open-chat";
import { personaOf } from "./persona";
import { hasSeveralAuthors } from "./sentences";
import { subscriptions } from "./status-text";
import { eventsOfMessage } from "./webhook-log";
import { sizeText } from "./wording";

interface BubbleProps {
  readonly message: Schemas["Message"];
  readonly chat: Schemas["Chat"];
  readonly isChosen: boolean;
  readonly isLit: boolean;
  readonly address: string;
}

/** One message: ours at the right. */
export function Bubble({ message, chat, isChosen, isLit, address }: BubbleProps) {
  const { id, own, text, from, attachments, reactions } = message;
  const isFailed = own && message.status === "failed";
  const nameOf = (identifier: string): string => personOf(chat, identifier)?.name ?? identifier;
  const choose = ({ target }: MouseEvent): void => {
    const isOnControl = (target as Element).closest("a, button") !== null;
    if (!isOnControl && getSelection()?.isCollapsed !== false) location.hash = address;
  };
  return (
    <li id={`message-${id}`} class={`message ${own ? "own" : "other"}${isLit ? " lit" : ""}${isFailed ? " failed" : ""}`}>
      <bdi class={hasSeveralAuthors(chat) && !own ? "sender" : "hidden"}>{own ? "Your line" : nameOf(from)}</bdi>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: for a mouse; the link below is for everybody */}
      <div class="bubble" onClick={choose}>
        {message.reply_to !== null && (
          <a class="quote" href={addressWith({ message: message.reply_to })}>
            In reply to <Quote id={message.reply_to} />
          </a>
        )}
        {text && <LongText message={message} />}
        {attachments.map((file) => (
          <Attachment key={file.id} {...file} />
        ))}
        {!text && attachments.length === 0 && <span class="muted">An empty message</span>}
      </div>
      {reactions.length > 0 && (
        <ul class="reactions" aria-label="Reactions">
          {reactions.map((one) => (
            <li key={one.id}>
              <bdi>{one.custom_emoji ?? one.type}</bdi>, <bdi>{nameOf(one.from)}</bdi>
            </li>
          ))}
        </ul>
      )}
      <a class="stamp" href={address} aria-expanded={isChosen}>
        {stampOf(message)}
      </a>
      {isChosen && <BubbleActions message={message} chat={chat} />}
    </li>
  );
}

function personOf({ participants, former_participants }: Schemas["Chat"], identifier: string) {
  return [...participants, ...former_participants].find((one) => one.identifier === identifier);
}

/** When, and what became of it, in words. */
function stampOf({ own, status, failure, effect, sent_at, edited_at }: Schemas["Message"]): string {
  const parts = [
    sent_at ? timeText(sent_at) : "",
    own ? status : "",
    own && failure ? `(${failure.replaceAll("_", " ")})` : "",
  ];
  return `${parts.filter((part) => part !== "").join(" ")}${edited_at ? ", edited" : ""}${effect ? `, with ${effect.replaceAll("_", " ")}` : ""}`;
}

const QUOTED = 60;

/** How a message begins; its number, where it is not in the page. */
function Quote({ id }: { readonly id: number }) {
  const text = conversation.messages.value.find((one) => one.id === id)?.text;
  if (!text) return `message ${id}`;
  return <q dir="auto">{text.length > QUOTED ? `${text.slice(0, QUOTED)} ...` : text}</q>;
}

const LONG = 1500;

function LongText({ message }: { readonly message: Schemas["Message"] }) {
  const { text } = message;
  const [isWhole, setWhole] = useState(false);
  if (text.length <= LONG || isWhole) return <p dir="auto">{decorated(message)}</p>;
  return (
    <>
      <p dir="auto">{text.slice(0, LONG)} ...</p>
      <button type="button" onClick={() => setWhole(true)}>
        Show all {text.length.toLocaleString("en")} characters
      </button>
    </>
  );
}

/** A text in pieces, each of which looks the same. */
function decorated({ text, decorations }: Schemas["Message"]) {
  if (decorations.length === 0) return text;
  const ends = [0, text.length, ...decorations.flatMap(({ start, end }) => [start, end])];
  const places = [...new Set(ends)].sort((a, b) => a - b);
  return places.slice(1).map((end, i) => {
    const start = places[i] ?? 0;
    const styles = decorations.filter((one) => one.start <= start && end <= one.end).map(({ style }) => style);
    return (
      <span key={start} class={styles.join(" ")}>
        {text.slice(start, end)}
      </span>
    );
  });
}

type File = Schemas["Message"]["attachments"][number];

function Attachment({ url, filename, mime_type, file_size }: File) {
  const address = servedHere(url);
  const label = (
    <span>
      <bdi>{filename ?? "file"}</bdi>, {mime_type}
      {file_size ? `, ${sizeText(file_size)}` : ""}
    </span>
  );
  if (address === undefined) return <p class="file">{label}</p>;
  const isImage = /^image\/(png|jpeg|gif|webp|svg\+xml|bmp|avif)/.test(mime_type);
  return (
    <a class="file" href={address} target="_blank" rel="noopener noreferrer">
      {isImage && <img src={address} alt="" loading="lazy" decoding="async" />}
      {label}
    </a>
  );
}

/** A file's address on the server that the page is from; undefined for anything else, which the page neither loads nor leads to. */
function servedHere(url: string): string | undefined {
  if (!URL.canParse(url, CONTROL)) return undefined;
  const { protocol, pathname } = new URL(url, CONTROL);
  return /^https?:$/.test(protocol) && /\/attachments\//.test(pathname) ? pathname : undefined;
}

const TAPBACKS = ["love", "like", "dislike", "laugh", "emphasize", "question"] as const;
const OUTCOMES = ["delivered", "read", "failed"] as const;
/** In the event of V3. */
const FAILURE_CODES = [3007, 4001, 4002, 4005, 4006, 4007, 4008] as const;

/** What can be done with the message that is chosen. */
function BubbleActions({ message, chat }: { readonly message: Schemas["Message"]; readonly chat: Schemas["Chat"] }) {
  const { id, own, reactions, status, caused_by } = message;
  const persona = personaOf(chat);
  const events = eventsOfMessage(id);
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => element.current?.scrollIntoView({ block: "nearest" }), [events.length]);
  const [code, setCode] = useState<(typeof FAILURE_CODES)[number]>(4001);
  const theirs = reactions.filter(({ from }) => from === persona).map(({ type, custom_emoji }) => custom_emoji ?? type);
  const react = (kind: string): Promise<boolean> => {
    const type = TAPBACKS.find((one) => one === kind);
    const what = type ? { type } : { type: "custom" as const, custom_emoji: kind };
    const operation = theirs.includes(kind) ? "remove" : "add";
    return act(() => call("post", "/simulate/reaction", { body: { message: id, from: persona, operation, ...what } }));
  };
  const reactWithEmoji = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (await react(String(new FormData(form).get("emoji")).trim())) form.reset();
  };
  const become = (outcome: (typeof OUTCOMES)[number]): Promise<boolean> => {
    const body = { message: id, status: outcome, ...(outcome === "failed" && { code }) };
    return act(() => call("post", "/simulate/delivery", { body }));
  };
  return (
    <div ref={element} class="actions">
      {persona !== "" && (
        <fieldset class="row">
          <legend>
            React as <bdi>{personOf(chat, persona)?.name ?? persona}</bdi>
          </legend>
          {[...new Set<string>([...TAPBACKS, ...theirs])].map((kind) => (
            <button key={kind} type="button" aria-pressed={theirs.includes(kind)} onClick={() => react(kind)}>
              {kind}
            </button>
          ))}
          <form class="row" onSubmit={reactWithEmoji}>
            <input name="emoji" aria-label="Another emoji" placeholder="Emoji" size={5} autocomplete="off" required />
            <button type="submit">React</button>
          </form>
        </fieldset>
      )}
      {own && status !== "read" && (
        <fieldset class="row">
          <legend>What becomes of it</legend>
          {OUTCOMES.map((outcome) => (
            <button key={outcome} type="button" disabled={status === outcome} onClick={() => become(outcome)}>
              {outcome}
            </button>
          ))}
          <label class="inline">
            with code{" "}
            <select onChange={({ currentTarget: { selectedIndex } }) => setCode(FAILURE_CODES[selectedIndex] ?? code)}>
              {FAILURE_CODES.map((one) => (
                <option key={one} selected={one === code}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          {!subscriptions.value.some(({ version }) => version !== "v2") && (
            <small class="muted">V2 has a webhook for read alone.</small>
          )}
        </fieldset>
      )}
      <p class="row wrap">
        {caused_by && (
          <a href={addressWith({ pane: "inspector", tab: "requests", item: caused_by.request_id })}>The call that made it</a>
        )}
        {events.map((event) => (
          <a key={event.id} href={addressWith({ pane: "inspector", tab: "webhooks", item: String(event.id) })}>
            {event.type} {event.version}
          </a>
        ))}
        <button type="button" onClick={() => openDialog("fork-here")}>
          Fork from here
        </button>
        <button type="button" onClick={() => go({ message: undefined })}>
          Close
        </button>
      </p>
    </div>
  );
}
