/** Baseline: an Express 5 app as everybody writes it, which keeps each message and answers with as large a body as the mock's. */
const express = require("express");

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
app.listen(Number(process.argv[2]), "127.0.0.1");
