import { useEffect, useRef } from "preact/hooks";

/** Brings a row into view when it is opened, by whichever link. */
export function useInView(isOpen: boolean) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  return row;
}
