/** Baseline: an Express 5 app as everybody writes it, whose handler does the same lookup and answers with res.json. */
const { readFileSync } = require("node:fs");
const express = require("express");

const { chats } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = new Map(chats.map((chat) => [`${chat.line} ${chat.participants.join(" ")}`, { data: { chat } }]));

const app = express();
app.get("/api/partner/v2/chats/find", (req, res) => {
  res.json(answers.get(`${req.query.phone_number} ${req.query["phone_numbers[]"]}`) ?? { data: { chat: null, messages: [] } });
});
app.listen(Number(process.argv[3]), "127.0.0.1");
