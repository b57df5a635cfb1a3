import { version } from "../../package.json";
import type { ControlRoute } from "./control-route";

/** Answers once the server is ready; `fixtures` counts what was seeded, `uptime_ms` is the age of the process. */
export const health: ControlRoute = ({ sandboxes }) => {
  const { users, lines, contacts, chats, messages } = sandboxes.seed;
  return {
    status: 200,
    body: {
      status: "ok",
      version,
      uptime_ms: Math.round(performance.now()),
      sandboxes: sandboxes.count,
      fixtures: {
        users: users.records.size,
        lines: lines.records.size,
        contacts: contacts.records.size,
        chats: chats.records.size,
        messages: messages.records.size,
      },
    },
  };
};
