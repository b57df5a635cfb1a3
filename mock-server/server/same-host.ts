/** Whether a page was served by the host that it now asks. */
export function sameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
