/** `4 s`, `2 min 5 s`, `3 h`, `2 days`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? "" : ` ${seconds % 60} s`}`;
  if (seconds < 172_800)
    return `${Math.floor(seconds / 3600)} h${Math.floor((seconds % 3600) / 60) === 0 ? "" : ` ${Math.floor((seconds % 3600) / 60)} min`}`;
  return `${Math.round(seconds / 86_400)} days`;
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
