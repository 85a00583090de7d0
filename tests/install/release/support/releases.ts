import type { Machine } from './machine.ts';

/** Makes a newer release, /root/next, of the one that was copied. */
export async function addNextRelease(machine: Machine): Promise<void> {
  await machine.sh(`cp -R /root/release /root/next
    echo '<!-- the next release -->' >>/root/next/lib/static/index.html
    sed -i 's/$/-next/' /root/next/lib/RELEASE`);
}

/** Makes a release whose API doesn't start, /root/broken. */
export async function addBrokenRelease(machine: Machine): Promise<void> {
  await machine.sh(`cp -R /root/release /root/broken
    sed -i '1i throw new Error("broken on purpose");' /root/broken/lib/services/api/dist/main.js
    sed -i 's/$/-broken/' /root/broken/lib/RELEASE`);
}
