import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { act } from "./action";

type Kind = "webhooks" | "requests";

const filters = signal<Readonly<Partial<Record<Kind, string>>>>({});
const EXAMPLES: Readonly<Record<Kind, string>> = {
  webhooks: "message.sent, failed, a name",
  requests: "POST, chats, 422, a name",
};

interface FilteredListProps<T> {
  readonly of: Kind;
  readonly label: string;
  /** The newest first. */
  readonly all: readonly T[];
  readonly wordsOf: (one: T) => string;
  /** Stays, whatever is typed. */
  readonly kept?: T | undefined;
  readonly row: (one: T) => ComponentChildren;
  /** What is said where there are none. */
  readonly empty: ComponentChildren;
  /** What is said of the one whose address the page has, and which is not there. */
  readonly missing: string | undefined;
  /** What is done with all of them. */
  readonly action?: ComponentChildren;
  readonly hasOlder: boolean;
  readonly readOlder: () => Promise<void>;
}

/** The rows of a tab that have the words that are typed above them, and the way to older ones. */
export function FilteredList<T>({
  of,
  label,
  all,
  wordsOf,
  kept,
  row,
  empty,
  missing,
  action,
  hasOlder,
  readOlder,
}: FilteredListProps<T>) {
  const { [of]: filter = "" } = filters.value;
  const typed = filter.toLowerCase().split(/\s+/);
  const wanted = all.filter((one) => {
    const words = wordsOf(one).toLowerCase();
    return one === kept || typed.every((word) => words.includes(word));
  });
  const [isBusy, setBusy] = useState(false);
  const more = async (): Promise<void> => {
    setBusy(true);
    await act(readOlder);
    setBusy(false);
  };
  return (
    <>
      {all.length === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <p class="row end bar-of-tab">
          <input
            type="search"
            class="filter"
            aria-label={`Filter ${of}`}
            placeholder={`Filter: ${EXAMPLES[of]}`}
            value={filter}
            onInput={({ currentTarget: { value } }) => (filters.value = { ...filters.value, [of]: value })}
          />
          {action}
        </p>
      )}
      {missing && !hasOlder && <p class="note">{missing}</p>}
      <ul class="items" aria-label={`${label}, newest first`}>
        {wanted.map(row)}
      </ul>
      {all.length > 0 && wanted.length === 0 && (
        <p class="empty">{hasOlder ? `None of the newest ${all.length} ${of} matches.` : `No ${of.slice(0, -1)} matches.`}</p>
      )}
      {hasOlder && (
        <p class="more">
          <button type="button" disabled={isBusy} onClick={more}>
            {isBusy ? "Reading ..." : `Older ${of}`}
          </button>
        </p>
      )}
    </>
  );
}
