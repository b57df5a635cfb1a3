/** Keeps what was made of a key, in a map that forgets everything when it is full: what is asked for again is made anew. */
export function keepBounded<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): Value {
  if (map.size >= most && !map.has(key)) map.clear();
  map.set(key, value);
  return value;
}
