/**
 * Receives webhooks, and answers 200 at once. GET /seen tells what came of events about messages: how many, how many of them
 * out of order, again, or over a gap, and when the first and the last came.
 */
import { createServer } from "node:http";

const seen = { count: 0, misplaced: 0, lastId: undefined, firstAt: undefined, lastAt: undefined };

createServer((req, res) => {
  if (req.method === "GET") return answer(res, 200, JSON.stringify(seen));
  const chunks = [];
  req.on("data", (chunk) => chunks.push(chunk));
  req.on("end", () => {
    note(Number(JSON.parse(Buffer.concat(chunks)).data.id));
    answer(res, 200);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");

function note(id) {
  if (seen.lastId !== undefined && id !== seen.lastId + 1) seen.misplaced += 1;
  seen.count += 1;
  seen.lastId = id;
  seen.lastAt = performance.now();
  seen.firstAt ??= seen.lastAt;
}

function answer(res, status, body = "") {
  res.writeHead(status, { "Content-Length": Buffer.byteLength(body) });
  res.end(body);
}
