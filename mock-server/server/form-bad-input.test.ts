import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { requireContract } from "../../contracts/testing/require-contract";
import { ASSUMPTION_HEADER, watched } from "../testing/named-assumptions";
import { smallWorld } from "../testing/worlds";
import { type MockServer, startMockServer } from "./start-mock-server";

// Asserted here, too: A-error-wording, A-create-status, A-form-urlencoded, A-body-limit, A-delivery, A-attachment-limit.

/* Forms of Send Message that no honest client builds, byte by byte. Jest fails a test on a rejection that nobody handles. */

const PATH = "/chats/1/chat_messages";
const TEXT = field("message[text]", "Hi");
let mock: MockServer;
let before: string;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: "2025-12-05T14:40:00-06:00" });
});

afterAll(() => mock.stop());

beforeEach(async () => {
  await mock.reset();
  before = await state();
});

interface Sent {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly body: any;
  readonly head: string;
}

describe("fields", () => {
  test.each<[what: string, parts: string[], status: number, detail: string | RegExp]>([
    ["5,000 fields", Array.from({ length: 5000 }, (_, i) => field(`f${i}`, "")), 413, "The form has more than 1000 fields"],
    ["the text twice", [TEXT, TEXT], 400, "message[text] must be given once"],
    [
      "the key twice",
      [TEXT, field("message[idempotency_key]", "a"), field("message[idempotency_key]", "b")],
      400,
      /given once/,
    ],
    ["a text of 2 MB", [field("message[text]", "x".repeat(2 << 20))], 413, "message[text] is over the limit of 1048576 bytes"],
    ["an unknown field of 2 MB", [TEXT, field("zebra", "x".repeat(2 << 20))], 413, "zebra is over the limit of 1048576 bytes"],
    ["message as a text", [field("message", "Hi")], 400, "message must be an object"],
    ["message as a text and as an object", [field("message", "Hi"), TEXT], 400, "message[text] must be given once"],
    ["message as an object and as a text", [TEXT, field("message", "Hi")], 400, "message must be given once"],
    ["message as a list", [field("message[]", "Hi")], 400, "message must be an object"],
    ["a text as a list", [field("message[text][]", "Hi")], 400, "message.text must be a string"],
    ["a text as an object", [field("message[text][a]", "Hi")], 400, "message.text must be a string"],
    ["a list as a text", [TEXT, field("message[attachment_urls]", "http://a.test/a")], 400, /attachment_urls must be an array/],
    ["an index in a list", [TEXT, field("message[attachment_urls][0]", "http://a.test/a")], 400, /must be an array/],
    ["no list of lists", [TEXT, field("message[attachment_urls][][]", "http://a.test/a")], 400, /attachment_urls/],
    ["a name that is not closed", [field("message[text", "Hi")], 400, "Missing required parameter: message"],
    [
      "names of other shapes",
      [field("message.text", "Hi"), field("[message][text]", "Hi")],
      400,
      "Missing required parameter: message",
    ],
    ["a nameless field", [`Content-Disposition: form-data\r\n\r\nHi`], 400, "Missing required parameter: message"],
    ["a field with an empty name", [field("", "Hi")], 400, "Missing required parameter: message"],
    [
      "an unknown charset",
      [`Content-Disposition: form-data; name="message[text]"\r\nContent-Type: text/plain; charset=klingon\r\n\r\nHi`],
      400,
      "message[text] is in an encoding that cannot be read",
    ],
    ["a part without headers", ["\r\nHi"], 400, /parameter: message$|broken/],
    [
      "prototypes alone",
      [field("__proto__[message][text]", "Hi"), field("constructor[prototype][message]", "Hi")],
      400,
      "Missing required parameter: message",
    ],
    ["a text in a prototype", [field("message[__proto__][text]", "Hi")], 400, "Missing required parameter: message.text"],
    ["a header line of 20 KB", [field("x".repeat(20_000), "Hi")], 400, "The form is broken or was cut off"],
  ])("%s", async (_, parts, status, detail) => {
    const answer = await post(form(parts));
    expect(answer.body).toEqual({ errors: [expect.objectContaining({ status, detail: matching(detail) })] });
    expect(await state()).toBe(before);
  });

  test.each<[string, string[]]>([
    ["1,000 fields", [TEXT, ...Array.from({ length: 999 }, (_, i) => field(`f${i}`, ""))]],
    ["fields nested 15 deep", [TEXT, field(`message${"[a]".repeat(15)}`, "x"), field("b[".repeat(3000), "x")]],
    [
      "prototypes beside",
      [
        TEXT,
        field("__proto__[polluted]", "1"),
        field("message[__proto__][polluted]", "1"),
        field("message[constructor][prototype][polluted]", "1"),
      ],
    ],
    [
      "names of functions",
      [TEXT, field("toString", "x"), field("message[hasOwnProperty]", "x"), field("then", "x"), field("detail", "x")],
    ],
    [
      "UTF-16 with a lone surrogate",
      [
        `Content-Disposition: form-data; name="message[text]"\r\nContent-Type: text/plain; charset=utf-16le\r\n\r\n\x00\xd8H\x00`,
      ],
    ],
    ["bytes that are no UTF-8", [field("message[text]", "\xff\xfe\x00\xc3")]],
    ["what looks like a boundary", [field("message[text]", "a --zz\r\n--z\r\n--z-")]],
  ])("%s do no harm", async (_, parts) => {
    expect((await post(form(parts))).status).toBe(201);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("file names", () => {
  test.each<[what: string, parameters: string, filename: string]>([
    ["a quote", 'filename="a\\"b.png"', 'a"b.png'],
    ["an encoded CRLF", 'filename="a%0D%0AX-Evil: 1.png"', "a%0D%0AX-Evil: 1.png"],
    ["a CRLF in the extended form", "filename*=utf-8''a%0D%0AX-Evil%3A%201.png", "a\r\nX-Evil: 1.png"],
    ["a NUL in the extended form", "filename*=utf-8''a%00.png", "a\0.png"],
    ["a lone surrogate", "filename*=utf-16le''%00%D8", "\ufffd"],
    ["right-to-left marks", `filename="${bytes("a\u202egnp.exe")}"`, "a\u202egnp.exe"],
    ["an emoji", `filename="${bytes("🗺️ é.png")}"`, "🗺️ é.png"],
    ["no UTF-8", 'filename="\xff\xfe.png"', "\ufffd\ufffd.png"],
    ["markup", 'filename="<script>alert(1)<script>.html"', "<script>alert(1)<script>.html"],
    ["a name of 10,000 letters", `filename="${"x".repeat(10_000)}"`, "x".repeat(10_000)],
    ["a name of an object's", 'filename="__proto__"', "__proto__"],
  ])("%s is kept, listed and served", async (_, parameters, filename) => {
    const { status, body, head } = await post(form([TEXT, file(parameters)]));
    expect(status).toBe(201);
    expect(head).not.toMatch(/^X-Evil/im);
    const [attachment] = body.data.attachments;
    expect(attachment.filename).toBe(filename);
    const served = await fetch(attachment.url);
    expect({ status: served.status, evil: served.headers.get("x-evil"), text: await served.text() }).toEqual({
      ...{ status: 200, evil: null, text: "bytes" },
    });
  });

  test.each<[string, string]>([
    ["a bare NUL", 'filename="a\0.png"'],
    ["a line of its own", 'filename="a\r\nX-Evil: 1.png"'],
    ["a quote that is not closed", 'filename="a'],
    ["an unknown charset", "filename*=klingon''%FF"],
    ["half an escape", "filename*=utf-8''%F"],
    ["nothing", "filename="],
  ])("%s neither harms nor injects", async (_, parameters) => {
    const { status, head } = await post(form([TEXT, file(parameters)]));
    expect([201, 400]).toContain(status);
    expect(head).not.toMatch(/^X-Evil/im);
    if (status === 400) expect(await state()).toBe(before);
  });

  test.each<[string, string]>([
    ["no field name", `Content-Disposition: form-data; filename="a.png"\r\n\r\nbytes`],
    ["a type instead of a name", `Content-Disposition: form-data\r\nContent-Type: application/octet-stream\r\n\r\nbytes`],
    ["a type that injects", file('filename="a.png"', "image/png\t\x0bX-Evil: 1")],
    ["a type of 10,000 letters", file('filename="a.png"', `image/${"x".repeat(10_000)}`)],
  ])("a file with %s does no harm", async (_, part) => {
    const { status, body } = await post(form([TEXT, part]));
    expect([201, 400]).toContain(status);
    for (const { url } of body.data?.attachments ?? []) expect((await fetch(url)).status).toBe(200);
  });
});

describe("parts as clients write them", () => {
  const NAME = 'name="message[attachments][]"';
  const part = (disposition: string, ...lines: string[]): string =>
    [`Content-Disposition: ${disposition}`, ...lines, "", "bytes"].join("\r\n");
  const OCTETS = "Content-Type: application/octet-stream";

  test.each<[what: string, disposition: string, filename?: string]>([
    ["a quoted filename*, as Postman sends it", `form-data; ${NAME}; filename*="UTF-8''%C3%9C%20a.png"`, "Ü a.png"],
    ["a filename* beside a filename", `form-data; ${NAME}; filename="U.png"; filename*=UTF-8''%C3%9C.png`, "Ü.png"],
    ["a filename* with a space", `form-data; ${NAME}; filename*=UTF-8''my cat.png`, "my cat.png"],
    ["a filename* without its charset", `form-data; ${NAME}; filename*=cat.png`, "cat.png"],
    ["a filename* in a charset of nobody's", `form-data; ${NAME}; filename*=klingon''cat.png`, "cat.png"],
    ["a semicolon at the end", `form-data; ${NAME}; filename="cat.png";`],
    ["two semicolons", `form-data;; ${NAME};; filename="cat.png"`],
    ["an unquoted name with spaces", `form-data; ${NAME}; filename=my cat.png`, "my cat.png"],
    ["an unquoted name with letters of others", `form-data; ${NAME}; filename=${bytes("Ü.png")}`, "Ü.png"],
    ["an unquoted field", "form-data; name=message[attachments][]; filename=cat.png"],
    ["spaces around =", `form-data ; name = "message[attachments][]" ; filename = "cat.png"`],
    ["no space", `form-data;${NAME};filename="cat.png"`],
    ["another order", `form-data; filename="cat.png"; ${NAME}`],
    ["capitals", `Form-Data; NAME="message[attachments][]"; FileName="cat.png"`],
    ["the disposition of an e-mail", `attachment; ${NAME}; filename="cat.png"`],
    ["a parameter more", `form-data; ${NAME}; filename="cat.png"; size=5; x`],
    ["a quote that is not closed", `form-data; ${NAME}; filename="cat.png`],
    ["a folder that ends in a backslash", `form-data; ${NAME}; filename="C:\\cats\\cat.png"`],
  ])("%s is read", async (_, disposition, filename = "cat.png") => {
    const { status, body, head } = await post(form([TEXT, part(disposition, OCTETS)]));
    expect([status, body.data?.attachments]).toEqual([
      201,
      [expect.objectContaining({ filename, mime_type: "image/png", file_size: 5 })],
    ]);
    expect(head).not.toMatch(/x-linq-mock-hint/i);
  });

  test.each<[what: string, part: string, hint: string]>([
    [
      "a file without a name",
      part(`form-data; ${NAME}`, OCTETS),
      "A part of message[attachments][] is not read: it has no file name",
    ],
    ["a picture without a name", part(`form-data; ${NAME}`, "Content-Type: image/png"), "it has no file name"],
    ["a file whose name is empty", part(`form-data; ${NAME}; filename=""`, OCTETS), "it has no file name"],
    ["a file whose name is a folder", part(`form-data; ${NAME}; filename="cats/"`, OCTETS), "it has no file name"],
    [
      "a file without a field",
      part('form-data; filename="cat.png"', OCTETS),
      "A part of the form is not read: it has no name.",
    ],
    ["a text without a field", part("form-data"), "A part of the form is not read: it has no name."],
    ["a part without a disposition", ["X-Part: 1", "", "bytes"].join("\r\n"), "is not read: it has no Content-Disposition."],
    ["a file of another field", part('form-data; name="file"; filename="cat.png"', OCTETS), "The file in file is not read"],
    [
      "a file in base64",
      part(`form-data; ${NAME}; filename="cat.png"`, OCTETS, "Content-Transfer-Encoding: base64"),
      "message[attachments][] is read as it came: Content-Transfer-Encoding: base64 is not undone.",
    ],
    ["a text in Latin-1", field("message[idempotency_key]", "k\xfc"), "message[idempotency_key] is not valid UTF-8"],
    ["a text in Latin-1, by its assumption", field("message[idempotency_key]", "k\xfc"), "A-body-utf8"],
    [
      "a name in another language",
      field("message.idempotency_key", "k"),
      "message.idempotency_key is not read: a field within",
    ],
  ])("%s is told", async (_, wrong, hint) => {
    const { status, body, head } = await post(form([TEXT, wrong]));
    expect([201, 422]).toContain(status);
    expect(body.data?.attachments ?? []).toHaveLength(wrong.includes("base64") ? 1 : 0);
    expect(head).toContain(hint);
  });

  test.each(["7bit", "8bit", "binary", "Binary"])("an encoding that changes nothing, %s, is not told", async (encoding) => {
    const whole = part(`form-data; ${NAME}; filename="cat.png"`, OCTETS, `Content-Transfer-Encoding: ${encoding}`);
    const { body, head } = await post(form([TEXT, whole]));
    expect(body.data.attachments).toHaveLength(1);
    expect(head).not.toMatch(/x-linq-mock-hint/i);
  });

  test.each(["utf8", "UTF-8", '"utf-8"', "iso-8859-1"])("a text in charset=%s is read", async (charset) => {
    const written = /utf/i.test(charset) ? bytes("Ü") : "\xdc";
    const text = `Content-Disposition: form-data; name="message[text]"\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n${written}`;
    expect((await post(form([text]))).body.data.text).toBe("Ü");
  });
});

describe("the wire", () => {
  const whole = form([TEXT, file('filename="a.png"', "image/png", "x".repeat(200_000))]);

  test("a client that hangs up in the middle changes nothing", async () => {
    for (const cut of [0, 10, 60, 150, 300, 100_000, whole.length - 3]) {
      for (const hangUp of ["end", "destroy", "resetAndDestroy"] as const) {
        const socket = (await open()).resume();
        socket.write(`${headOf({ "Content-Length": whole.length })}${whole.slice(0, cut)}`, "latin1");
        await served();
        socket[hangUp]();
        if (!socket.closed) await once(socket, "close");
      }
    }
    await served();
    expect(await state()).toBe(before);
  });

  test("a form that is cut off within a file that is not read is refused", async () => {
    const stray = form([
      TEXT,
      file('filename="a.png"', "image/png", "x".repeat(1000)).replace("message[attachments][]", "other"),
    ]);
    const { status } = await raw(`${headOf({ "Content-Length": stray.length })}${stray.slice(0, -600)}`, "end");
    expect(status).toBe(400);
    const chunk = stray.slice(0, -600); // ended as a request, but not as a form
    expect((await raw(`${headOf({ "Content-Length": chunk.length })}${chunk}`)).status).toBe(400);
    expect(await state()).toBe(before);
  });

  test("a form that is longer than its Content-Length is refused", async () => {
    const { status } = await raw(`${headOf({ "Content-Length": 100 })}${whole}`);
    expect(status).toBe(400);
    expect(await state()).toBe(before);
  });

  test("a form that is shorter than its Content-Length is refused when the client stops", async () => {
    const { status, body } = await raw(`${headOf({ "Content-Length": whole.length + 100 })}${whole.slice(0, -10)}`, "end");
    expect({ status, body }).toEqual({ status: 400, body: { errors: [expect.objectContaining({ status: 400 })] } });
    expect(await state()).toBe(before);
  });

  test("a chunked form is read, however it is cut", async () => {
    const small = form([TEXT, file('filename="a.png"')]);
    for (const size of [1, 7, small.length]) {
      const chunks = small.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
      const chunked = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
      const { status, body } = await raw(`${headOf({ "Transfer-Encoding": "chunked" })}${chunked}0\r\n\r\n`);
      expect({ status, size: body.data.attachments[0].file_size }).toEqual({ status: 201, size: 5 });
    }
  });

  test("a chunked form with a broken chunk is refused", async () => {
    const { status } = await raw(`${headOf({ "Transfer-Encoding": "chunked" })}zz\r\n${whole}`);
    expect(status).toBe(400);
    expect(await state()).toBe(before);
  });

  test.each([
    "",
    "; boundary=",
    '; boundary=""',
    `; boundary=${"z".repeat(5000)}`,
    "; boundary=other",
    "; boundary=zz; boundary=y",
    "; charset=x",
  ])("the boundary%s", async (boundary) => {
    const { status } = await raw(
      `${headOf({ "Content-Length": TEXT.length, "Content-Type": `multipart/form-data${boundary}` })}${TEXT}`,
    );
    expect(status).toBe(400);
    expect(await state()).toBe(before);
  });

  test("200 refused uploads of 1 MB are not kept", async () => {
    const large = form([file('filename="a.png"', "image/png", "x".repeat(1 << 20))]); // no text
    await post(large);
    const atFirst = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 200; i++) expect((await post(large)).status).toBe(400);
    expect(process.memoryUsage().arrayBuffers - atFirst).toBeLessThan(100 << 20);
  });
});

function field(name: string, value: string): string {
  return `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
}

function file(parameters: string, type = "image/png", content = "bytes"): string {
  const disposition = `form-data; name="message[attachments][]"; ${parameters}`;
  return `Content-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n${content}`;
}

function form(parts: readonly string[]): string {
  return `${parts.map((part) => `--zz\r\n${part}\r\n`).join("")}--zz--\r\n`;
}

/** A text as the bytes of its UTF-8, one letter each. */
function bytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function matching(detail: string | RegExp): unknown {
  return typeof detail === "string" ? detail : expect.stringMatching(detail);
}

function headOf(headers: Readonly<Record<string, string | number>>): string {
  const all = {
    Host: "localhost",
    "X-LINQ-INTEGRATION-TOKEN": "t",
    "Content-Type": "multipart/form-data; boundary=zz",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /api/partner/v2${PATH} HTTP/1.1\r\n${lines.join("")}Connection: close\r\n\r\n`;
}

function post(body: string): Promise<Sent> {
  return raw(`${headOf({ Host: new URL(mock.url).host, "Content-Length": body.length })}${body}`);
}

async function open(): Promise<Socket> {
  const socket = connect({ port: Number(new URL(mock.url).port), host: "127.0.0.1", allowHalfOpen: true });
  socket.on("error", () => {}); // whoever hangs up rudely is hung up on
  await once(socket, "connect");
  return socket;
}

/** Sends bytes, one per letter, and reads until the server closes the connection. */
async function raw(request: string, then: "wait" | "end" = "wait"): Promise<Sent> {
  const socket = await open();
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.write(request, "latin1");
  if (then === "end") socket.end();
  await once(socket, "end");
  socket.destroy();
  const answer = Buffer.concat(chunks).toString();
  const end = answer.indexOf("\r\n\r\n");
  const [head, text] = [answer.slice(0, end), answer.slice(end)];
  const status = Number(head.split(" ")[1]);
  const body: unknown = JSON.parse(text);
  requireContract("POST", PATH, status, body);
  const ids = new RegExp(`^${ASSUMPTION_HEADER}: (.*)`, "im").exec(head)?.[1];
  return watched({ status, body, head }, ["status", "body"], `POST ${PATH}`, ids);
}

async function state(): Promise<string> {
  return (await fetch(`${mock.url}/__mock/state`)).text();
}

/** Resolves when the server has done what was asked of it before. */
async function served(): Promise<void> {
  await fetch(`${mock.url}/__mock/health`);
}
