import { useEffect, useRef, useState } from "preact/hooks";
import { act } from "./action";
import { call, type Schemas, upload } from "./api";
import { Dialog, Field, openDialog } from "./dialog";
import { conversation } from "./open-chat";
import { personaOf, writeAs } from "./persona";
import { worldCount } from "./store";
import { isolated, plainNumber, sizeText } from "./wording";

/** What was begun and not sent, by chat. */
const drafts = new Map<number, { readonly text: string; readonly files: readonly Schemas["File"][] }>();

worldCount.subscribe(() => drafts.clear());

/** Where somebody is the other side. */
export function Composer({ chat }: { readonly chat: Schemas["Chat"] }) {
  const [text, setText] = useState(drafts.get(chat.id)?.text ?? "");
  const [files, setFiles] = useState(drafts.get(chat.id)?.files ?? []);
  useEffect(() => {
    drafts.set(chat.id, { text, files });
  }, [text, files]);
  const persona = personaOf(chat);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (text.trim() === "" && files.length === 0) return;
    const attachments = files.map(({ id }) => ({ id }));
    const body = { chat: chat.id, from: persona, text, ...(attachments.length > 0 && { attachments }) };
    setText("");
    setFiles([]);
    const isSent = await act(() => call("post", "/simulate/message", { body }));
    if (isSent) return conversation.toEnd();
    setText(text);
    setFiles(files);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) void send(event);
    if (event.key === "Escape") (event.currentTarget as HTMLElement).blur();
  };
  return (
    <form class="composer" onSubmit={send} aria-label="Write as somebody">
      <div class="row">
        <label class="inline">
          Write as{" "}
          <select value={persona} onChange={({ currentTarget }) => writeAs(chat, currentTarget.value)}>
            {chat.participants.map(({ handle_id, identifier, name, own }) => (
              <option key={handle_id} value={identifier}>
                {own ? `${identifier} (your line, without the API)` : name ? `${isolated(name)}, ${identifier}` : identifier}
              </option>
            ))}
          </select>
        </label>
      </div>
      {files.length > 0 && (
        <ul class="chips" aria-label="Attachments">
          {files.map((file) => (
            <li key={file.id}>
              <bdi>{file.filename}</bdi>, {sizeText(file.file_size)}{" "}
              <button type="button" onClick={() => setFiles(files.filter((one) => one !== file))}>
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="row write">
        <textarea
          id="compose"
          rows={Math.min(6, text.split("\n").length)}
          aria-label="Message"
          placeholder="Message; Enter sends"
          dir="auto"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="main">
          Send
        </button>
      </div>
      <ComposerActions chat={chat} persona={persona} onFile={(file) => setFiles((before) => [...before, file])} />
      <CallDialog chat={chat} persona={persona} />
      <JoinDialog chat={chat} />
    </form>
  );
}

interface ActionsProps {
  readonly chat: Schemas["Chat"];
  readonly persona: string;
  readonly onFile: (file: Schemas["File"]) => void;
}

function ComposerActions({ chat, persona, onFile }: ActionsProps) {
  const person = chat.participants.find(({ identifier }) => identifier === persona);
  const isOther = person !== undefined && !person.own;
  const { id } = chat;
  return (
    <div class="row wrap">
      {isOther && !chat.group && (
        <button type="button" id="typing" aria-pressed={person.typing} onClick={() => toggleTyping(chat, persona)}>
          Typing
        </button>
      )}
      <Attach onFile={onFile} />
      {isOther && (
        <button type="button" onClick={() => openDialog("call")}>
          Call
        </button>
      )}
      <button type="button" onClick={() => openDialog("join")}>
        Add somebody
      </button>
      {isOther && (
        <button
          type="button"
          disabled={!isAnyUnread()}
          onClick={() => act(() => call("post", "/simulate/read", { body: { chat: id, from: persona } }))}
        >
          <bdi>{person.name ?? persona}</bdi> reads your messages
        </button>
      )}
      {isOther && chat.group && (
        <button
          type="button"
          onClick={() => act(() => call("post", "/simulate/participant_removed", { body: { chat: id, participant: persona } }))}
        >
          <bdi>{person.name ?? persona}</bdi> leaves
        </button>
      )}
      <button type="button" class={chat.next_fails ? "main" : ""} onClick={() => failNext(chat)}>
        {chat.next_fails ? "The line's next message will fail: take back" : "Fail the line's next message"}
      </button>
    </div>
  );
}

/** Whether the line has sent something that nobody has read; of what is not in the page, nobody knows. */
function isAnyUnread(): boolean {
  return conversation.hasOlder.value || conversation.messages.value.some(({ own, status }) => own && status === "delivered");
}

/** Has the next message of the line fail, or takes that back. */
function failNext({ id, next_fails }: Schemas["Chat"]): Promise<boolean> {
  return act(async () => {
    const { chat } = await call("post", "/simulate/next_failure", { body: { chat: id, fails: !next_fails } });
    conversation.noteChat(chat);
  });
}

/** Begins to type, or stops. */
export function toggleTyping(chat: Schemas["Chat"] | undefined, from: string): void {
  const person = chat?.participants.find(({ identifier }) => identifier === from);
  if (!chat || !person) return;
  void act(async () => {
    const { typing } = await call("post", "/simulate/typing", { body: { chat: chat.id, from, typing: !person.typing } });
    const participants = chat.participants.map((one) => (one === person ? { ...one, typing } : one));
    conversation.noteChat({ ...chat, participants });
  });
}

function Attach({ onFile }: { readonly onFile: (file: Schemas["File"]) => void }) {
  const menu = useRef<HTMLDivElement>(null);
  const [samples, setSamples] = useState<readonly Schemas["File"][]>([]);
  const readSamples = (): void => {
    void act(async () => setSamples((await call("get", "/files/samples")).files));
  };
  const pick = (file: Schemas["File"]): void => {
    onFile(file);
    menu.current?.hidePopover();
  };
  const send = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    for (const file of currentTarget.files ?? [])
      void act(async () => {
        if (file.size === 0) throw new Error(`${isolated(file.name)} is empty`);
        pick(await upload(file));
      });
    currentTarget.value = "";
  };
  return (
    <>
      <button type="button" popovertarget="attach-menu" onClick={readSamples}>
        Attach
      </button>
      <div ref={menu} id="attach-menu" popover="auto" class="menu above">
        <label class="field">
          <span>A file of yours</span>
          <input type="file" multiple onChange={send} />
        </label>
        <p class="muted">Or a sample:</p>
        <p class="row wrap">
          {samples.map((file) => (
            <button key={file.id} type="button" onClick={() => pick(file)}>
              {file.filename}
            </button>
          ))}
        </p>
      </div>
    </>
  );
}

const CALL_ENDS = ["completed", "missed", "declined", "no_answer", "busy", "failed", "canceled"] as const;

function CallDialog({ chat: { line }, persona }: { readonly chat: Schemas["Chat"]; readonly persona: string }) {
  const ring = (fields: FormData): Promise<boolean> => {
    const direction = fields.get("direction") === "outbound" ? ("outbound" as const) : ("inbound" as const);
    const status = CALL_ENDS.find((one) => one === fields.get("status")) ?? CALL_ENDS[0];
    const duration_s = status === CALL_ENDS[0] ? Number(fields.get("duration_s")) : 0;
    const body = { line, with: persona, direction, status, duration_s };
    return act(() => call("post", "/simulate/call", { body }));
  };
  return (
    <Dialog name="call" title="A call has ended" submit={{ label: "Tell the app", act: ring }}>
      <p>
        Between <bdi>{persona}</bdi> and your line <bdi>{line}</bdi>.
      </p>
      <label class="field">
        <span>Who called</span>
        <select name="direction">
          <option value="inbound">They called</option>
          <option value="outbound">Your line called</option>
        </select>
      </label>
      <label class="field">
        <span>How it ended</span>
        <select name="status">
          {CALL_ENDS.map((one) => (
            <option key={one} value={one}>
              {one.replace("_", " ")}
            </option>
          ))}
        </select>
      </label>
      <Field label="Seconds, if it was completed" name="duration_s" type="number" value="60" />
    </Dialog>
  );
}

function JoinDialog({ chat: { id } }: { readonly chat: Schemas["Chat"] }) {
  const join = (fields: FormData): Promise<boolean> => {
    const participant = plainNumber(String(fields.get("participant")));
    return act(() => call("post", "/simulate/participant_added", { body: { chat: id, participant } }));
  };
  return (
    <Dialog name="join" title="Somebody joins" submit={{ label: "Add", act: join }}>
      <Field label="Who" name="participant" hint="A number, an e-mail address, or the name of a contact" required />
    </Dialog>
  );
}
