/** Servers that the mock is measured against: `node baselines.mjs <name> [world.json] <port>`. Each does the same work, and nothing else. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parse } from "node:querystring";
import express from "express";

const [, , name, ...args] = process.argv;
const port = Number(args.at(-1));
({ bare, express: plainExpress, page, sender })[name]();

/** Find Chat by node:http. */
function bare() {
  const answers = readAnswers();
  const server = createServer((req, res) => {
    const query = parse(req.url.slice(req.url.indexOf("?") + 1));
    const body = JSON.stringify(answerTo(answers, query));
    res.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(body) });
    res.end(body);
  });
  server.listen(port, "127.0.0.1");
}

/** Find Chat by an Express 5 app as everybody writes it. */
function plainExpress() {
  const answers = readAnswers();
  const app = express();
  app.get("/api/partner/v2/chats/find", (req, res) => res.json(answerTo(answers, req.query)));
  app.listen(port, "127.0.0.1");
}

/** A list of conversations as plain HTML, by an Express 5 app: as many as the inbox reads at first. */
function page() {
  const { chats } = JSON.parse(readFileSync(args[0], "utf8"));
  const rows = chats
    .slice(0, 100)
    .map(({ participants, messages }) => `<li class="chat-row"><b>${participants.join()}</b> ${messages[0].text}</li>`);
  const app = express();
  app.get("/", (_req, res) => res.send(`<!doctype html><title>Chats</title><ul>${rows.join("")}</ul>`));
  app.listen(port, "127.0.0.1");
}

function readAnswers() {
  const { chats } = JSON.parse(readFileSync(args[0], "utf8"));
  return new Map(chats.map((chat) => [`${chat.line} ${chat.participants.join(" ")}`, { data: { chat } }]));
}

function answerTo(answers, query) {
  return answers.get(`${query.phone_number} ${query["phone_numbers[]"]}`) ?? { data: { chat: null, messages: [] } };
}

/** Send Message by an Express 5 app that keeps each message, and answers with as large a body as the mock's. */
function sender() {
  let messages = [];
  const app = express();
  app.use(express.json());
  app.get("/ready", (_req, res) => res.json({}));
  app.post("/__mock/reset", (_req, res) => {
    messages = [];
    res.status(204).end();
  });
  app.post("/api/partner/v2/chats/:chat_id/chat_messages", (req, res) => {
    const message = {
      id: messages.length + 101,
      text: req.body.message.text,
      sent_at: "2025-11-22T11:48:12.089-06:00",
      delivered_at: null,
      delivery_status: "pending",
      edited_at: null,
      is_read: false,
      sent_from: "+12052761148",
      chat_handle_id: 124,
      attachments: [],
      reactions: [],
    };
    messages.push(message);
    res.status(201).json({ data: message });
  });
  app.listen(port, "127.0.0.1");
}
