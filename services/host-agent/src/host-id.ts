const MAX_LENGTH = 32;

/** Makes a host id of a host name: `Media_1.example.com` becomes `media-1-example-com`. */
export function hostIdOf(hostName: string): string {
  const id = hostName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replaceAll(/^-+|-+$/g, '');
  return id === '' ? 'unnamed' : id;
}
