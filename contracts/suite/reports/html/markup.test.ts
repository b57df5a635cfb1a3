import { html } from "./markup";

test("text that is put in stays text, between tags and in attributes", () => {
  const hostile = `<script>alert("1")</script> & it's \`so\``;
  expect(String(html`<p title="${hostile}">${hostile}</p>`)).toBe(
    '<p title="&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; it&#39;s &#96;so&#96;">' +
      "&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; it&#39;s &#96;so&#96;</p>",
  );
});

test("pieces and lists of them stand as they are, undefined is nothing, and 0 is something", () => {
  const items = ["a", "<b>", 0].map((item) => html`<li>${item}</li>`);
  expect(String(html`<ul>${items}${undefined}</ul>`)).toBe("<ul><li>a</li><li>&#60;b&#62;</li><li>0</li></ul>");
});

test("what only looks like a piece is no piece", () => {
  const lookalike = JSON.parse('{"toString":"<b>","source":"<b>"}') as never;
  expect(() => html`${lookalike}`).toThrow(TypeError);
});
