/** Whether an IP address is one by which a machine reaches itself. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** Whether a service that listens on this host name or address can be reached from this machine only. */
export function isThisMachineOnly(host: string): boolean {
  return host.toLowerCase() === 'localhost' || isLoopback(host);
}
