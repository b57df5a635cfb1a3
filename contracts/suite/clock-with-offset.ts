const MINUTE = 60_000;

/** A moment (ms since 1970) in ISO 8601, as a clock with this offset shows it: `+05:30`. */
export function clockWithOffset(moment: number, offset: string): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const distance = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  const local = new Date(moment + (sign === "-" ? -distance : distance));
  return local.toISOString().replace("Z", offset);
}
