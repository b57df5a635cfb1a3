import type { ComponentChildren, Key } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface WindowedProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => Key;
  readonly row: (row: T) => ComponentChildren;
  /** Asked for more when the last row comes near. */
  readonly onEnd?: (() => void) | undefined;
}

/** How many rows are in the page at once, however many there are. */
const WINDOW = 200;
const STEP = 50;
const GUESSED_ROW_PX = 56;

/** A list of rows of one height, of which the page holds a window. */
export function Windowed<T>({ label, rows, keyOf, row, onEnd }: WindowedProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [first, setFirst] = useState(0);
  const [height, setHeight] = useState(GUESSED_ROW_PX);
  useLayoutEffect(() => {
    const measured = list.current?.querySelector("li[data-row]")?.getBoundingClientRect().height;
    if (measured && Math.abs(measured - height) > 0.5) setHeight(measured);
  });
  const begin = Math.min(first, Math.max(0, rows.length - WINDOW));
  const shown = rows.slice(begin, begin + WINDOW);
  const below = rows.length - begin - shown.length;
  const onScroll = ({ currentTarget }: { currentTarget: HTMLElement }): void => {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget;
    const wanted = Math.max(0, Math.floor((scrollTop / height - WINDOW / 2 + clientHeight / height / 2) / STEP) * STEP);
    if (wanted !== first) setFirst(wanted);
    if (onEnd && scrollTop + clientHeight > scrollHeight - 20 * height) onEnd();
  };
  return (
    <ul ref={list} class="rows" aria-label={label} onScroll={onScroll}>
      {begin > 0 && <li aria-hidden="true" style={{ height: `${begin * height}px` }} />}
      {shown.map((one) => (
        <li key={keyOf(one)} data-row="">
          {row(one)}
        </li>
      ))}
      {below > 0 && <li aria-hidden="true" style={{ height: `${below * height}px` }} />}
    </ul>
  );
}
