import { encodedForm, formFields } from "./sent-body";

test("a body becomes the fields of a form, and files come after them", async () => {
  const body = { message: { text: "é漢🙂 & more", idempotency_key: "one" } };
  expect(formFields(body)).toEqual([
    ["message[text]", "é漢🙂 & more"],
    ["message[idempotency_key]", "one"],
  ]);
  const { type, bytes } = await encodedForm(body, [{ name: "note.txt", type: "text/plain", text: "a note" }]);
  const read = await new Response(bytes, { headers: { "content-type": type } }).formData();
  expect(read.get("message[text]")).toBe("é漢🙂 & more");
  const file = read.get("message[attachments][]") as File;
  expect([file.name, file.type, await file.text()]).toEqual(["note.txt", "text/plain", "a note"]);
});

test("a list becomes a field for each of its entries", () => {
  expect(formFields({ chat: { phone_numbers: ["+12052761148", "+12055426109"] } })).toEqual([
    ["chat[phone_numbers][]", "+12052761148"],
    ["chat[phone_numbers][]", "+12055426109"],
  ]);
});
