/** Keeps what was made of a key, in a map that forgets everything when it is full: what is asked for again is made anew. */
<<<<<<<< HEAD:contracts/bounded-map.ts
export function setBounded<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): Value {
========
export function keepBounded<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): Value {
>>>>>>>> main:contracts/bounded-cache.ts
  if (map.size >= most && !map.has(key)) map.clear();
  map.set(key, value);
  return value;
}
