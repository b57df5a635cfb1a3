/** Baseline: node:http doing the same lookup, and nothing else. */
const { readFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { parse } = require("node:querystring");

const { chats } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = new Map(chats.map((chat) => [`${chat.line} ${chat.participants.join(" ")}`, { data: { chat } }]));

createServer((req, res) => {
  const query = parse(req.url.slice(req.url.indexOf("?") + 1));
  const body = JSON.stringify(
    answers.get(`${query.phone_number} ${query["phone_numbers[]"]}`) ?? { data: { chat: null, messages: [] } },
  );
  res.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(body) });
  res.end(body);
}).listen(Number(process.argv[3]), "127.0.0.1");
