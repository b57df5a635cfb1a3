import { effect } from "@preact/signals";
import { render } from "preact";
import { Closed, NoSandbox } from "./access-screens";
import { tellOfFailures } from "./action";
import { place } from "./address";
import { SANDBOX, type Schemas } from "./api";
import { lines } from "./chat-list";
import { Conversations } from "./chat-list-pane";
import { ChatPane } from "./chat-pane";
import { Help } from "./help";
import { Inspector } from "./inspector";
import { listenToKeys } from "./keys";
import { conversation } from "./open-chat";
import { SandboxDialogs } from "./sandbox-dialogs";
import { titleOf } from "./sentences";
import { StatusLine } from "./status-line";
import { closedReason, connection, followMock, isLoaded } from "./store";
import { Bar } from "./top-bar";
import { isolated } from "./wording";
import "./page.css";

function Page() {
  if (connection.value === "unknown") return <NoSandbox />;
  if (closedReason.value) return <Closed />;
  if (!isLoaded.value) {
    return (
      <main class="plain">
        {connection.value === "gone" ? "The mock does not answer. Trying again ..." : "linq-mock is loading."}
      </main>
    );
  }
  const { pane, chat } = place.value;
  const shown = pane === "inspector" ? "inspector" : chat !== undefined || pane === "start" ? "chat" : "list";
  return (
    <div class={`page shows-${shown}`}>
      <Bar />
      <main>
        <Conversations />
        <section class="pane chat" aria-label="Conversation">
          <ChatPane />
        </section>
        <Inspector />
      </main>
      <nav class="panes" aria-label="Panes">
        <a href="#/chats" aria-current={shown === "list" ? "page" : undefined}>
          Conversations
        </a>
        <a href="#/start" aria-current={pane === "start" ? "page" : undefined}>
          First steps
        </a>
        <a href="#/webhooks" aria-current={shown === "inspector" ? "page" : undefined}>
          Inspector
        </a>
      </nav>
      <StatusLine />
      <Help />
      <SandboxDialogs />
    </div>
  );
}

function isolatedTitle(chat: Schemas["Chat"]): string {
  const title = titleOf(chat);
  return title === chat.title ? isolated(title) : title;
}

effect(() => {
  const unread = lines.value.reduce((sum, line) => sum + line.unread, 0);
  const { value: chat } = conversation.chat;
  const name = [chat && isolatedTitle(chat), SANDBOX === "default" ? undefined : SANDBOX, "linq-mock"]
    .filter(Boolean)
    .join(", ");
  document.title = unread > 0 ? `(${unread}) ${name}` : name;
});

const root = document.getElementById("page");
if (root) {
  root.replaceChildren();
  render(<Page />, root);
}
listenToKeys();
tellOfFailures();
followMock();
