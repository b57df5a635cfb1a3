import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { addressWith, place } from "./address";
import type { Schemas } from "./api";
import { Bubble } from "./bubble";
import { dayText, timeText } from "./clock";
import { Composer } from "./composer";
import { FirstRun } from "./first-run";
import { highlighted } from "./highlighted-items";
import { conversation } from "./open-chat";
import { isMarkBefore, type Mark, marksOf, titleOf } from "./sentences";
import { worldCount } from "./store";
import { timelineMarks } from "./timeline-marks";

/** The middle pane: the conversation that is open, or what to do first. */
export function ChatPane() {
  const { chat: wanted } = place.value;
  const chat = conversation.chat.value;
  if (wanted === undefined || place.value.pane === "start") return <FirstRun />;
  if (conversation.problem.value) {
    return (
      <div class="empty">
        <p>{conversation.problem.value}</p>
        <a href="#/chats">All conversations</a>
      </div>
    );
  }
  if (!chat) return <p class="empty">Loading the conversation ...</p>;
  return (
    <>
      <ChatHead chat={chat} />
      <Messages chat={chat} />
      <Composer key={`${chat.id} ${worldCount.value}`} chat={chat} />
    </>
  );
}

function ChatHead({ chat }: { readonly chat: Schemas["Chat"] }) {
  const others = chat.participants.filter(({ own }) => !own);
  return (
    <div class="head chat-head">
      <div class="row">
        <a class="back" href="#/chats">
          Back
        </a>
        <h2 tabIndex={-1}>
          <bdi>{titleOf(chat)}</bdi>
        </h2>
      </div>
      <details class="people">
        <summary>
          {chat.service}, {chat.group ? `group of ${chat.participants.length}` : "one to one"}, on <bdi>{chat.line}</bdi>, chat{" "}
          {chat.id}
        </summary>
        <ul>
          {others.map(({ handle_id, identifier, name, service }) => (
            <li key={handle_id}>
              {name && <bdi>{name} </bdi>}
              <bdi>{identifier}</bdi> {service}
            </li>
          ))}
          {chat.former_participants.map(({ handle_id, identifier, name }) => (
            <li key={handle_id} class="muted">
              <bdi>{name ?? identifier}</bdi>, has left
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

const NEAR_PX = 400;
const END_PX = 40;

/** Where the reader is in the conversation, so that rows which come above or below move nothing. */
interface Spot {
  readonly chat: number;
  readonly chosen: number | undefined;
  readonly anchor: string | undefined;
  readonly offset: number;
  readonly isAtEnd: boolean;
  readonly height: number;
}

function Messages({ chat }: { readonly chat: Schemas["Chat"] }) {
  const log = useRef<HTMLDivElement>(null);
  const [hasUnseen, setUnseen] = useState(false);
  const spot = useRef<Spot | undefined>(undefined);
  const messages = conversation.messages.value;
  const newestSeen = useRef<number | undefined>(undefined);
  const { message: chosen } = place.value;
  const note = (): void => {
    if (!log.current) return;
    spot.current = spotOf(log.current, chat.id, place.peek().message);
    if (spot.current.isAtEnd) setUnseen(false);
  };
  const stayAtEnd = (isWanted = spot.current?.isAtEnd === true && !conversation.hasNewer.peek()): void => {
    if (!isWanted || !log.current) return;
    log.current.scrollTop = log.current.scrollHeight;
    note();
  };
  useLayoutEffect(() => {
    const { current: element } = log;
    if (!element) return;
    const before = spot.current;
    settle(element, before, chat.id, chosen);
    note();
    const newest = messages.at(-1)?.id;
    if (before?.chat === chat.id && !before.isAtEnd && newest !== newestSeen.current) setUnseen(true);
    newestSeen.current = newest;
  }, [messages, chosen, chat]);
  const ends = conversation.ends.value;
  const endsSeen = useRef(ends);
  useLayoutEffect(() => {
    if (endsSeen.current === ends) return;
    endsSeen.current = ends;
    stayAtEnd(true);
  }, [ends]);
  useEffect(() => {
    const { current: element } = log;
    if (!element) return;
    const observer = new ResizeObserver(() => stayAtEnd()); // pictures come later than their messages
    for (const watched of [element, element.querySelector("ol")]) if (watched) observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  const onScroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: { currentTarget: HTMLElement }): void => {
    if (scrollHeight !== spot.current?.height) stayAtEnd(); // nobody scrolled: it grew
    note();
    if (scrollTop < NEAR_PX) void conversation.older();
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) void conversation.newer();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div ref={log} class="messages" role="log" aria-label="Messages" tabIndex={0} onScroll={onScroll}>
        {conversation.hasOlder.value && (
          <p class="more">
            <button type="button" onClick={() => conversation.older()}>
              Older messages
            </button>
          </p>
        )}
        {messages.length === 0 && <p class="empty">No message yet. Write as somebody, below.</p>}
        <ol>{rowsOf(chat, messages).map((row) => rowView(row, chat))}</ol>
        {chat.participants
          .filter(({ typing }) => typing)
          .map(({ handle_id, name, identifier, own }) => (
            <p key={handle_id} class={own ? "typing own" : "typing"}>
              <bdi>{own ? "Your line" : (name ?? identifier)}</bdi> is typing ...
            </p>
          ))}
      </div>
      {(conversation.hasNewer.value || hasUnseen) && (
        <p class="more below">
          <button type="button" onClick={() => conversation.toEnd()}>
            {conversation.hasNewer.value ? "To the newest message" : "New messages below"}
          </button>
        </p>
      )}
    </>
  );
}

function spotOf(element: HTMLElement, chat: number, chosen: number | undefined): Spot {
  const { top } = element.getBoundingClientRect();
  const rows = [...element.querySelectorAll<HTMLElement>("li[id]")];
  const anchor = rows.find((row) => row.getBoundingClientRect().bottom > top);
  const offset = anchor ? anchor.getBoundingClientRect().top - top : 0;
  const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
  return { chat, chosen, anchor: anchor?.id, offset, isAtEnd, height: element.scrollHeight };
}

function settle(element: HTMLElement, before: Spot | undefined, chat: number, chosen: number | undefined): void {
  const isChosenAnew = chosen !== undefined && (before?.chat !== chat || before.chosen !== chosen);
  const target = chosen === undefined ? null : element.querySelector(`#message-${chosen}`);
  if (isChosenAnew && target) return target.scrollIntoView({ block: "nearest" });
  if (before?.chat !== chat || (before.isAtEnd && !conversation.hasNewer.peek())) {
    element.scrollTop = element.scrollHeight;
    return;
  }
  const anchor = before.anchor === undefined ? null : document.getElementById(before.anchor);
  if (anchor) element.scrollTop += anchor.getBoundingClientRect().top - element.getBoundingClientRect().top - before.offset;
}

type Row =
  | { readonly kind: "day"; readonly at: number }
  | ({ readonly kind: "mark" } & Mark)
  | { readonly kind: "message"; readonly message: Schemas["Message"] };

/** Messages, with the days they begin, and what happened between them. */
function rowsOf(chat: Schemas["Chat"], messages: readonly Schemas["Message"][]): Row[] {
  const rows: Row[] = [];
  const [first] = messages;
  let due = marksOf(chat, timelineMarks.value).filter((mark) => !first || !isMarkBefore(mark, first));
  let day = "";
  const push = (at: number, row: Row): void => {
    if (!Number.isNaN(at) && dayText(at) !== day) {
      day = dayText(at);
      rows.push({ kind: "day", at });
    }
    rows.push(row);
  };
  const pushDue = (isDue: (mark: Mark) => boolean): void => {
    for (const mark of due.filter(isDue)) push(mark.at, { kind: "mark", ...mark });
    due = due.filter((mark) => !isDue(mark));
  };
  for (const message of messages) {
    const at = Date.parse(message.sent_at ?? "");
    pushDue((mark) => isMarkBefore(mark, message));
    push(at, { kind: "message", message });
  }
  if (!conversation.hasNewer.value) pushDue(() => true);
  return rows;
}

function rowView(row: Row, chat: Schemas["Chat"]) {
  if (row.kind === "day") {
    return (
      <li key={`day ${row.at}`} class="day">
        <span>{dayText(row.at)}</span>
      </li>
    );
  }
  if (row.kind === "mark") {
    return (
      <li key={`mark ${row.at} ${row.text}`} class="mark">
        <bdi>{row.text}</bdi>, {timeText(row.shownAt ?? row.at)}
      </li>
    );
  }
  const { message } = row;
  const isChosen = place.value.message === message.id;
  return (
    <Bubble
      key={message.id}
      message={message}
      chat={chat}
      isChosen={isChosen}
      isLit={highlighted.value.messages.has(message.id)}
      address={addressWith({ pane: "chats", chat: chat.id, message: isChosen ? undefined : message.id })}
    />
  );
}
