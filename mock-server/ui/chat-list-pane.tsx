import { act } from "./action";
import { addressWith, go, place } from "./address";
import type { Schemas } from "./api";
import { call } from "./api";
import { chatsInOrder, chatTotal, findChats, hasMoreChats, lines, listFilter, readMoreChats } from "./chat-list";
import { shortText } from "./clock";
import { Dialog, Field, openDialog } from "./dialog";
import { titleOf } from "./sentences";
import { Windowed } from "./virtual-list";
import { isolated, plainNumber } from "./wording";

/** The left pane: lines, search, and the conversations. */
export function Conversations() {
  const { line, search } = listFilter.value;
  const count = chatTotal.value;
  return (
    <nav class="pane conversations" aria-label="Conversations">
      <div class="head">
        <div class="row">
          <h2>
            Conversations <span class="count">{count.toLocaleString("en")}</span>
          </h2>
          <button type="button" onClick={() => openDialog("new-chat")}>
            New chat
          </button>
        </div>
        <select aria-label="Line" value={line} onChange={({ currentTarget }) => findChats({ line: currentTarget.value })}>
          <option value="">All lines</option>
          {lines.value.map(({ identifier, unread }) => (
            <option key={identifier} value={identifier}>
              {identifier}
              {unread > 0 ? ` (${unread} unread)` : ""}
            </option>
          ))}
        </select>
        <input
          id="search"
          type="search"
          aria-label="Search conversations"
          maxLength={200}
          placeholder="Names, numbers, last texts"
          value={search}
          onInput={({ currentTarget }) => findChats({ search: currentTarget.value })}
          onKeyDown={({ key }) => key === "Enter" && toFirst()}
        />
      </div>
      {count === 0 ? (
        <NoChats isFiltered={line !== "" || search !== ""} />
      ) : (
        <Windowed
          key={`${line} ${search}`} // what was found begins at its top
          label="Conversations"
          rows={chatsInOrder.value}
          keyOf={({ id }) => id}
          row={(chat) => <ChatRow chat={chat} />}
          onEnd={hasMoreChats.value ? readMoreChats : undefined}
        />
      )}
      <NewChat />
    </nav>
  );
}

/** Goes to the first that was found, once it was. */
async function toFirst(): Promise<void> {
  await findChats({});
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".chat-row")?.focus());
}

function NoChats({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <div class="empty">
        <p>No conversation matches.</p>
        <button type="button" onClick={() => findChats({ line: "", search: "" })}>
          Show all
        </button>
      </div>
    );
  }
  return (
    <div class="empty">
      <p>No conversation yet. One begins when your app opens a chat, or when somebody writes.</p>
      <button type="button" onClick={() => openDialog("new-chat")}>
        Write as a stranger
      </button>
    </div>
  );
}

function ChatRow({ chat }: { readonly chat: Schemas["Chat"] }) {
  const { id, service, last_message: last, unread } = chat;
  const typing = chat.participants.filter((one) => one.typing);
  const isOthers = typing.some(({ own }) => !own);
  const isOpen = place.value.chat === id;
  return (
    <a
      class="row-link chat-row"
      href={addressWith({ pane: "chats", chat: id, message: undefined })}
      aria-current={isOpen ? "page" : undefined}
    >
      <bdi class="name">{titleOf(chat)}</bdi>
      <time dateTime={last?.sent_at ?? undefined}>{last?.sent_at ? shortText(last.sent_at) : ""}</time>
      <span class="last">
        {typing.length > 0 ? (
          <em>{isOthers ? "" : "You: "}typing ...</em>
        ) : (
          <>
            {last?.own && (last.status === "failed" ? <b class="bad">Not delivered: </b> : "You: ")}
            <bdi>{last ? previewOf(last) : "No message yet"}</bdi>
          </>
        )}
      </span>
      <span class="side">{unread > 0 ? <b class="unread">{unread} unread</b> : <span class="service">{service}</span>}</span>
    </a>
  );
}

function previewOf({ text, attachments }: NonNullable<Schemas["Chat"]["last_message"]>): string {
  if (text) return text.slice(0, 120);
  return attachments.length === 1 ? `File: ${attachments[0]?.filename ?? "one"}` : `${attachments.length} files`;
}

/** Somebody writes whom nobody knows yet. */
function NewChat() {
  const send = async (fields: FormData): Promise<boolean> => {
    const text = (name: string): string => String(fields.get(name) ?? "").trim();
    const others = text("participants")
      .split(/[,;]/)
      .map(plainNumber)
      .filter((one) => one !== "");
    const body = {
      line: text("line"),
      from: plainNumber(text("from")),
      text: text("text"),
      ...(others.length > 0 && { participants: others }),
    };
    return act(async () => {
      const { chat } = await call("post", "/simulate/message", { body }).catch((error) => {
        error.message = error.message.replace(/^participants\[(\d+)\]/, (_: string, i: string) =>
          isolated(others[Number(i)] ?? ""),
        );
        throw error;
      });
      go({ pane: "chats", chat: Number(chat["id"]), message: undefined });
    });
  };
  return (
    <Dialog name="new-chat" title="New conversation" submit={{ label: "Send", act: send }}>
      <Field
        label="From"
        name="from"
        value="+12055550123"
        hint="A number or an e-mail address, or the name of a contact"
        required
      />
      <label class="field">
        <span>To the line</span>
        <select name="line">
          {lines.value.map(({ identifier }) => (
            <option key={identifier}>{identifier}</option>
          ))}
        </select>
      </label>
      <Field
        label="Others in the chat"
        name="participants"
        hint="For a group: numbers, e-mail addresses or names of contacts, with commas between"
      />
      <Field label="Message" name="text" value="Hello! Is this still available?" required />
    </Dialog>
  );
}
