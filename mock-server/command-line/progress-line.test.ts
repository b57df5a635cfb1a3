import { ProgressLine } from "./progress-line";

interface Terminal {
  isTTY: boolean;
  readonly shown: string[];
  write(text: string): boolean;
}

function terminal(isTTY: boolean): Terminal {
  const shown: string[] = [];
  return { isTTY, shown, write: (text) => shown.push(text) > 0 };
}

/** A line on a terminal, that long after it was begun. */
function shownAfter(ms: readonly number[], out: Terminal): string[] {
  const now = jest.spyOn(performance, "now").mockReturnValue(0);
  const line = new ProgressLine(out as unknown as NodeJS.WriteStream);
  for (const [i, instant] of ms.entries()) {
    now.mockReturnValue(instant);
    line.show("chats", (i + 1) * 2500, 10_000);
  }
  line.end();
  now.mockRestore();
  return out.shown;
}

test("nothing is shown of what takes less than two seconds", () => {
  expect(shownAfter([0, 1000, 1999], terminal(true))).toEqual([]);
});

test("after two seconds a bar is drawn, ten times a second at most, and taken away at the end", () => {
  expect(shownAfter([1000, 2000, 2050, 2100], terminal(true))).toEqual([
    "\r\u001B[K██████████░░░░░░░░░░ 50 %  5,000 of 10,000 chats",
    "\r\u001B[K████████████████████ 100 %  10,000 of 10,000 chats",
    "\r\u001B[K",
  ]);
});

test("while nobody knows how much there is, there are only words", () => {
  const out = terminal(true);
  const now = jest.spyOn(performance, "now").mockReturnValue(0);
  const line = new ProgressLine(out as unknown as NodeJS.WriteStream);
  now.mockReturnValue(2000);
  line.show("12 requests", 0, 0);
  now.mockRestore();
  expect(out.shown).toEqual(["\r\u001B[K12 requests"]);
});

test("nothing is shown where nobody looks", () => {
  expect(shownAfter([3000, 4000], terminal(false))).toEqual([]);
});
