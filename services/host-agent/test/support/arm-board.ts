import type { Tree } from './tree.ts';

const STAT = `cpu  48210 0 21077 9100533 1211 0 733 0 0 0
cpu0 12011 0 5250 2275001 301 0 613 0 0 0
cpu1 12090 0 5310 2275140 310 0 40 0 0 0
cpu2 12044 0 5200 2275188 300 0 40 0 0 0
cpu3 12065 0 5317 2275204 300 0 40 0 0 0
btime 1790000000
`;
const MEMINFO = `MemTotal:         945364 kB
MemFree:           90212 kB
MemAvailable:     601220 kB
SwapTotal:        102396 kB
SwapFree:          51198 kB
`;
const NET_DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:   10240     128    0    0    0     0          0         0    10240     128    0    0    0     0       0          0
  eth0: 4294967000 9000000    3   12    0     0          0         0 1000000 8000000    1    2    0     0       0          0
 wlan0: 2000000   10000    0    5    0     0          0         0  500000    9000    0    0    0     0       0          0
eth0.20: 900000    9000    0    0    0     0          0         0  400000    8000    0    0    0     0       0          0
`;

/** A board with four cores, kernel 6.1, two sensors, an SD card and no MediaMTX. */
export const ARM_BOARD: Tree = {
  'proc/stat': STAT,
  'proc/meminfo': MEMINFO,
  'proc/loadavg': '0.20 0.18 0.12 1/80 11206\n',
  'proc/uptime': '23051.11 91005.33\n',
  'proc/sys/kernel/osrelease': '6.1.21-v8+\n',
  'proc/net/dev': NET_DEV,
  'proc/1/net/dev': NET_DEV,
  'proc/1/comm': 'systemd\n',
  'proc/self/mounts': `/dev/root / ext4 rw,noatime 0 0
devtmpfs /dev devtmpfs rw,relatime,size=340460k,nr_inodes=85115,mode=755 0 0
/dev/mmcblk0p1 /boot vfat rw,relatime,fmask=0022,dmask=0022,codepage=437 0 0
/dev/sda1 /media/pi/My\\040Recordings exfat rw,nosuid,nodev,relatime 0 0
`,
  'sys/class/thermal/thermal_zone0/temp': '48312\n',
  'sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
  'sys/class/thermal/cooling_device0/cur_state': '0\n',
  'sys/class/hwmon/hwmon0/temp1_input': '49850\n',
  'sys/class/hwmon/hwmon1/in0_lcrit_alarm': '0\n',
  'sys/class/net/eth0/device/uevent': 'DRIVER=smsc95xx\n',
  'sys/class/net/wlan0/device/uevent': 'DRIVER=brcmfmac\n',
  'sys/class/net/eth0.20/operstate': 'up\n',
  'etc/hostname': 'Cam_Pi\n',
  'etc/os-release': "NAME='Raspbian GNU/Linux'\n",
};
