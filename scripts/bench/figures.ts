/** A line of the performance table. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly aim?: string;
}

/** What a part of the bench found: lines of the table, and what there is to say below it. */
export interface Findings {
  readonly figures: readonly Figure[];
  readonly notes?: readonly string[];
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
