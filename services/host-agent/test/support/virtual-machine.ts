import type { Tree } from './tree.ts';

const STAT = `cpu  1130044 15834 157524 1552902 6519 0 10042 43221 0 0
cpu0 545126 7814 75734 801160 1044 0 4731 21896 0 0
cpu1 584918 8019 81789 751742 5474 0 5310 21325 0 0
intr 19952241 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 16 0 0 0 0 2935 971 0 251 1 530617
ctxt 51053021
btime 1795371685
processes 27204
procs_running 6
procs_blocked 0
softirq 15270213 0 1532291 1 8325219 19652 0 2 2262129 0 3130919
`;
const MEMINFO = `MemTotal:       24684096 kB
MemFree:        19206436 kB
MemAvailable:   20690800 kB
Buffers:           37376 kB
Cached:          1407508 kB
SwapCached:            0 kB
Active(anon):       1632 kB
SwapTotal:             0 kB
SwapFree:              0 kB
HugePages_Total:       0
Hugepagesize:       2048 kB
`;
const MOUNTS = `proc /proc proc rw,relatime 0 0
sysfs /sys sysfs rw,relatime 0 0
devtmpfs /dev devtmpfs rw,relatime,size=12334524k,nr_inodes=3083631,mode=755 0 0
tmpfs /dev/shm tmpfs rw,relatime,size=24684096k 0 0
devpts /dev/pts devpts rw,relatime,mode=600,ptmxmode=000 0 0
/dev/vda / ext4 rw,relatime,discard,resv_strict,resuid=65534,resgid=65534 0 0
tmpfs /sys/fs/cgroup tmpfs rw,relatime,mode=755 0 0
cgroup /sys/fs/cgroup/cpu cgroup rw,relatime,cpu 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0
`;
const NET_DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 89344947363 10470026    0    0    0     0          0         0 89344947363 10470026    0    0    0     0       0          0
  ifb0:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
  ifb1:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
  eth0: 628594257   22836    0    0    0     0          0         0  2021811   17765    0    0    0     0       0          0
`;
const OS_RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
`;
const PROCESS_STAT =
  '2685 (mediamtx) S 2680 2680 2680 0 -1 4194304 9120 0 12 0 1250 310 0 0 20 0 9 0 1566896 1301430272 11797 ' +
  '18446744073709551615 4194304 17612841 140726418124048 0 0 0 0 0 2143420159 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n';
const PROCESS_STATUS = `Name:	mediamtx
Umask:	0022
State:	S (sleeping)
FDSize:	64
VmPeak:	 1270928 kB
VmSize:	 1270928 kB
VmHWM:	   47892 kB
VmRSS:	   47188 kB
Threads:	9
`;

/** A virtual machine with two cores, as its kernel 6.18 showed it, and the MediaMTX it ran. */
export const VIRTUAL_MACHINE: Tree = {
  'proc/stat': STAT,
  'proc/meminfo': MEMINFO,
  'proc/loadavg': '2.95 4.55 4.96 6/212 27204\n',
  'proc/uptime': '14681.51 15529.02\n',
  'proc/sys/kernel/osrelease': '6.18.44-fc-v595\n',
  'proc/net/dev': NET_DEV,
  'proc/1/net/dev': NET_DEV,
  'proc/1/comm': 'systemd\n',
  'proc/2685/comm': 'mediamtx\n',
  'proc/2685/stat': PROCESS_STAT,
  'proc/2685/status': PROCESS_STATUS,
  'proc/2685/fd/0': '',
  'proc/2685/fd/1': '',
  'proc/2691/comm': 'mediamtx-collec\n',
  'proc/self/mounts': MOUNTS,
  'sys/class/net/lo/operstate': 'unknown\n',
  'sys/class/net/ifb0/operstate': 'down\n',
  'sys/class/net/eth0/operstate': 'up\n',
  'sys/class/net/eth0/device/uevent': 'DRIVER=virtio_net\n',
  'etc/hostname': 'vm\n',
  'usr/lib/os-release': OS_RELEASE,
};
