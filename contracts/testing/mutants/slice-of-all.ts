import { readPages } from "../../suite/api";
import type { Answer, Scene } from "./fault";

type List = { data: unknown[] } | { contacts: unknown[] };

/** Lets a page that is there begin, and end, at other positions of its list than it should. */
export function sliceOfAll(
  range: (page: number, perPage: number) => readonly [start: number, end: number],
): (answer: Answer<List>, scene: Scene) => Promise<void> {
  return async ({ body }, { asked, healthy }) => {
    const [name, items] = Object.entries(body)[0] as [string, unknown[]];
    if (items.length === 0) return;
    const { page, per_page, ...query } = Object.fromEntries(asked.query);
    const pages = await readPages(healthy, asked.path, { ...query, per_page: 100 });
    const all = pages.flatMap((one) => one.items);
    Object.assign(body, { [name]: all.slice(...range(Number(page ?? 1), Math.min(Number(per_page ?? 25), 100))) });
  };
}
