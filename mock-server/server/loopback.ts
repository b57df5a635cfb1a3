import { BlockList, isIP } from "node:net";

/** Whether a host name or address always means this machine. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/^::ffff:/, "")
    .replace(/\.$/, ""); // the root, which names may end in
  if (/^7f[\da-f]{2}:[\da-f]{1,4}$/.test(name)) return true; // ::ffff:127.0.0.1, as URLs write it
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

const privateAddresses = new BlockList();
for (const network of ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]) {
  const [address = "", bits] = network.split("/");
  privateAddresses.addSubnet(address, Number(bits), "ipv4");
}
privateAddresses.addSubnet("fc00::", 7, "ipv6");
privateAddresses.addSubnet("fe80::", 10, "ipv6");

/** Whether it is an address that is of no use beyond a network of one's own. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && (address === "::" || privateAddresses.check(address, family === 6 ? "ipv6" : "ipv4"));
}

/** An address as it stands in a URL that this machine can open. */
export function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "localhost") return "127.0.0.1";
  if (host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

/** A URL of ours as people know it, where that is one and the same. */
export function familiarUrl(url: string, host: string): string {
  return host === "localhost" ? url.replace("//127.0.0.1:", "//localhost:") : url;
}
