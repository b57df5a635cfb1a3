const RESERVED = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid)$/i;

/** Whether a host has a name that is kept for documentation and tests, and so belongs to nobody (RFC 2606). */
export function isReservedHost(host: string): boolean {
  return RESERVED.test(host);
}
