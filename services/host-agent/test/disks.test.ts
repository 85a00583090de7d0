import { describe, expect, test } from '@jest/globals';
import { deriveDisk, isRemote, parseMounts, realFileSystems } from '../src/disks.ts';
import type { FileSystemSizes } from '../src/files.ts';
import { ARM_BOARD } from './support/arm-board.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

const shown = (text: string, prefix = ''): string[] =>
  realFileSystems(parseMounts(text), prefix).map(({ device, mount, type }) => `${mount} ${device} ${type}`);

describe('lines', () => {
  test('hold a device, a mount point and a type', () => {
    expect(parseMounts('/dev/vda / ext4 rw,relatime 0 0\n')).toStrictEqual([
      { device: '/dev/vda', mount: '/', type: 'ext4' },
    ]);
  });

  test.each([
    ['a space', '/media/My\\040Disk', '/media/My Disk'],
    ['a tab, a line end, a backslash and a hash', '/a\\011\\012\\134\\043', '/a\t\n\\#'],
    ['what looks like an escape, escaped', '/a\\134040', '/a\\040'],
    ['other white space, which isn’t escaped', '/a\u00a0\u3000b', '/a\u00a0\u3000b'],
    ['any language', '/medien/Füße/録画', '/medien/Füße/録画'],
  ])('whose names may hold %s', (_what, word, mount) => {
    expect(parseMounts(`/dev/sda1 ${word} ext4 rw 0 0`)).toMatchObject([{ mount }]);
    expect(parseMounts(`${word} /x ext4 rw 0 0`)).toMatchObject([{ device: mount, mount: '/x' }]);
  });

  test('may have no device', () => {
    expect(parseMounts(' /x tmpfs rw 0 0')).toStrictEqual([{ device: 'none', mount: '/x', type: 'tmpfs' }]);
  });

  test.each(['', '\n\n', '/dev/sda1', '/dev/sda1 /x'])('%j is none', (text) => {
    expect(parseMounts(text)).toStrictEqual([]);
  });
});

describe('real file systems', () => {
  test('of a virtual machine: one among many', () => {
    expect(shown(VIRTUAL_MACHINE['proc/self/mounts'] ?? '')).toStrictEqual(['/ /dev/vda ext4']);
  });

  test('of a board: card, boot partition and a disk with a space in its name', () => {
    expect(shown(ARM_BOARD['proc/self/mounts'] ?? '')).toStrictEqual([
      '/ /dev/root ext4',
      '/boot /dev/mmcblk0p1 vfat',
      '/media/pi/My Recordings /dev/sda1 exfat',
    ]);
  });

  test('of a Docker host: overlays, bind mounts and namespaces are left out', () => {
    const text = `/dev/sda1 / ext4 rw 0 0
overlay /var/lib/docker/overlay2/3f/merged overlay rw,lowerdir=/a:/b 0 0
shm /var/lib/docker/containers/9c/mounts/shm tmpfs rw 0 0
nsfs /run/docker/netns/default nsfs rw 0 0
/dev/sda1 /srv/bound ext4 rw 0 0
/dev/sdb1 /var/lib/docker/volumes/rec ext4 rw 0 0
/dev/sdc1 /var/lib/docker xfs rw 0 0
/dev/loop3 /snap/core20/1 squashfs ro 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
systemd-1 /proc/sys/fs/binfmt_misc autofs rw 0 0
`;
    expect(shown(text)).toStrictEqual(['/ /dev/sda1 ext4', '/var/lib/docker /dev/sdc1 xfs']);
  });

  test('btrfs: subvolumes of a device are one', () => {
    const text = `/dev/nvme0n1p2 /home btrfs rw,subvol=/@home 0 0
/dev/nvme0n1p2 / btrfs rw,subvol=/@ 0 0
/dev/nvme0n1p2 /.snapshots btrfs rw,subvol=/@snap 0 0
`;
    expect(shown(text)).toStrictEqual(['/ /dev/nvme0n1p2 btrfs']);
  });

  test('zfs: datasets are several', () => {
    const text = `rpool/ROOT/debian / zfs rw,xattr 0 0
tank/recordings /srv/recordings zfs rw 0 0
`;
    expect(shown(text)).toStrictEqual(['/ rpool/ROOT/debian zfs', '/srv/recordings tank/recordings zfs']);
  });

  test('of other machines: known as such', () => {
    const text = `/dev/sda1 / ext4 rw 0 0
nas:/export/rec /mnt/rec nfs4 rw,vers=4.2 0 0
nas:/export/rec /mnt/rec/again nfs4 rw,vers=4.2 0 0
//nas/My\\040Share /mnt/share cifs rw 0 0
sshfs#me@nas: /mnt/ssh fuse.sshfs rw 0 0
`;
    const found = realFileSystems(parseMounts(text), '');
    expect(found.map((mount) => [mount.mount, mount.device, isRemote(mount)])).toStrictEqual([
      ['/', '/dev/sda1', false],
      ['/mnt/rec', 'nas:/export/rec', true],
      ['/mnt/share', '//nas/My Share', true],
    ]);
  });

  test('an overlay counts where it is the root, as in a live system', () => {
    const text = `rootfs / rootfs rw 0 0
/dev/mtdblock5 /rom squashfs ro 0 0
/dev/mtdblock6 /overlay jffs2 rw 0 0
overlayfs:/overlay / overlay rw 0 0
`;
    expect(shown(text)).toStrictEqual(['/ overlayfs:/overlay overlay', '/overlay /dev/mtdblock6 jffs2']);
  });

  test('what is mounted over another hides it', () => {
    expect(shown('/dev/sda1 /data ext4 rw 0 0\n/dev/sdb1 /data xfs rw 0 0\n')).toStrictEqual([
      '/data /dev/sdb1 xfs',
    ]);
    expect(shown('/dev/sda1 /data ext4 rw 0 0\ntmpfs /data tmpfs rw 0 0\n')).toStrictEqual([]);
  });

  test('seen from a container: only what is below the host’s root, as the host calls it', () => {
    const text = `overlay / overlay rw 0 0
proc /proc proc rw 0 0
/dev/vda1 /host ext4 ro 0 0
tmpfs /host/run tmpfs rw 0 0
/dev/vdb1 /host/srv/my\\040rec xfs rw 0 0
/dev/vdc1 /hosts ext4 rw 0 0
/dev/vda1 /etc/hosts ext4 rw 0 0
`;
    expect(shown(text, '/host')).toStrictEqual(['/ /dev/vda1 ext4', '/srv/my rec /dev/vdb1 xfs']);
  });

  test('none where nothing is mounted', () => {
    expect(shown('')).toStrictEqual([]);
    expect(shown('/dev/vda1 / ext4 rw 0 0\n', '/host')).toStrictEqual([]);
  });
});

describe('sizes', () => {
  const mount = { device: '/dev/sda1', mount: '/data', type: 'ext4' };
  const SIZES = { bsize: 4_096, blocks: 1_000, bfree: 400, bavail: 350, files: 64, ffree: 60 };
  const derive = (sizes: Partial<FileSystemSizes>) => deriveDisk({ ...mount, sizes: { ...SIZES, ...sizes } });
  const UNKNOWN = {
    sizeBytes: null,
    usedBytes: null,
    freeBytes: null,
    usedPercent: null,
    inodes: null,
    freeInodes: null,
  };

  test('as df shows it: the reserve for root is neither used nor free', () => {
    expect(derive({})).toStrictEqual({
      ...mount,
      sizeBytes: 4_096_000,
      usedBytes: 2_457_600,
      freeBytes: 1_433_600,
      usedPercent: 63.16,
      inodes: 64,
      freeInodes: 60,
    });
  });

  test('full is 100 %', () => {
    expect(derive({ bfree: 50, bavail: 0 })).toMatchObject({ freeBytes: 0, usedPercent: 100 });
  });

  test('where inodes have no limit they are unknown', () => {
    expect(derive({ files: 0, ffree: 0 })).toMatchObject({
      inodes: null,
      freeInodes: null,
      usedPercent: 63.16,
    });
  });

  test('a file system of petabytes', () => {
    expect(derive({ bsize: 131_072, blocks: 2 ** 40, bfree: 2 ** 39, bavail: 2 ** 39 })).toMatchObject({
      sizeBytes: 2 ** 57,
      usedPercent: 50,
    });
  });

  test('one that didn’t answer, or knows no sizes, is shown without them', () => {
    expect(deriveDisk({ ...mount, sizes: null })).toStrictEqual({ ...mount, ...UNKNOWN });
    expect(derive({ blocks: 0, bfree: 0, bavail: 0 })).toStrictEqual({ ...mount, ...UNKNOWN });
  });

  test('what can’t be is unknown', () => {
    expect(derive({ bavail: 2 ** 64 - 2_048 })).toMatchObject({ freeBytes: null, usedPercent: null });
    expect(derive({ bfree: 2_000 })).toMatchObject({ usedBytes: null, usedPercent: null });
  });
});
