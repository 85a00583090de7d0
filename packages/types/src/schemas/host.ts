import Joi from 'joi';
import {
  type HostCpu,
  type HostDisk,
  type HostInterface,
  type HostMemory,
  type HostNetwork,
  type HostProcess,
  type HostRecord,
  type HostsHead,
  type HostsMessage,
  type HostStatus,
  type HostSwap,
  type HostTraffic,
} from '../host.ts';
import { MESSAGE_VERSION } from '../message.ts';
import {
  count,
  healthSchema,
  hostIdSchema,
  hostReasonsSchema,
  measure,
  numbering,
  oneOf,
  staleness,
  text,
  time,
} from './fields.ts';

const megabit = 'Mbit/s (10^6 bit)';
const percent = (description: string): Joi.NumberSchema => measure('%', description).max(100);
const bytes = (description: string): Joi.NumberSchema => count('B', description);

const cpu = {
  cores: count('cores', 'Cores that are online'),
  percent: percent('Time that was not idle since the last tick, of all cores together'),
  userPercent: percent('Time for programs'),
  systemPercent: percent('Time for the kernel, interrupts included'),
  iowaitPercent: percent('Time idle while something waits for a disk'),
  stealPercent: percent('Time taken by the machine that this virtual machine runs on'),
  corePercents: Joi.array()
    .items(Joi.number().min(0).max(100).allow(null))
    .allow(null)
    .required()
    .unit('%')
    .description('Time that was not idle, of each core by itself'),
} satisfies Record<keyof HostCpu, Joi.Schema>;

const memory = {
  totalBytes: bytes('Size of the memory'),
  availableBytes: bytes('What programs could still get without swapping'),
  usedBytes: bytes('Total less available'),
  usedPercent: percent('Used, of the total'),
} satisfies Record<keyof HostMemory, Joi.Schema>;

const swap = {
  totalBytes: bytes('Size; 0 where there is no swap'),
  usedBytes: bytes('What is in use'),
  usedPercent: percent('Used, of the total; null where there is no swap'),
} satisfies Record<keyof HostSwap, Joi.Schema>;

const disk = {
  mount: Joi.string().required().description('Where it is mounted on the host'),
  device: Joi.string().required().description('Device or remote folder behind it'),
  type: Joi.string().required().description('Kind of file system'),
  sizeBytes: bytes('Size of the file system'),
  usedBytes: bytes('What is occupied'),
  freeBytes: bytes('What programs without special rights can still write'),
  usedPercent: percent('Used, of used and free together'),
  inodes: count('files', 'Files there can be, null where there is no limit'),
  freeInodes: count('files', 'Files that can still be made, null where there is no limit'),
} satisfies Record<keyof HostDisk, Joi.Schema>;

const traffic = {
  inboundMbps: measure(megabit, 'Received since the last tick'),
  outboundMbps: measure(megabit, 'Sent since the last tick'),
  inboundErrorsPerSecond: measure('packets/s', 'Damaged packets received'),
  outboundErrorsPerSecond: measure('packets/s', 'Packets that could not be sent'),
  inboundDropsPerSecond: measure('packets/s', 'Packets received and thrown away'),
  outboundDropsPerSecond: measure('packets/s', 'Packets thrown away instead of sent'),
} satisfies Record<keyof HostTraffic, Joi.Schema>;

const networkInterface = {
  name: Joi.string().required().description('Name of the interface'),
  ...traffic,
} satisfies Record<keyof HostInterface, Joi.Schema>;

const network = {
  ...traffic,
  interfaces: Joi.array()
    .items(Joi.object(networkInterface).unknown(true).description('One interface'))
    .allow(null)
    .required()
    .description('Interfaces that have a device behind them'),
} satisfies Record<keyof HostNetwork, Joi.Schema>;

const mediamtx = {
  pid: Joi.number().integer().min(1).required().unit('process id').description('Its process id on the host'),
  startedAt: time.allow(null).description('When it was started'),
  cpuPercent: measure('% of one core', 'Processor time since the last tick'),
  memoryBytes: bytes('Memory it occupies'),
  threads: count('threads', 'Its threads'),
  openFiles: count('files', 'Files and sockets it holds open'),
} satisfies Record<keyof HostProcess, Joi.Schema>;

const load = (minutes: number): Joi.NumberSchema =>
  measure('processes', `Processes that ran or waited to run, on average over ${minutes} min`);
const group = (fields: Joi.SchemaMap, description: string): Joi.ObjectSchema =>
  Joi.object(fields).unknown(true).required().description(description);
const list = (fields: Joi.SchemaMap, item: string, description: string): Joi.ArraySchema =>
  Joi.array()
    .items(Joi.object(fields).unknown(true).description(item))
    .allow(null)
    .required()
    .description(description);

const record = {
  host: hostIdSchema.required(),
  os: text('Name and version of its operating system'),
  kernel: text('Release of its kernel'),
  uptimeSeconds: measure('s', 'Time since it was started'),
  cpu: group(cpu, 'Processor time since the last tick'),
  load1: load(1),
  load5: load(5),
  load15: load(15),
  memory: group(memory, 'Memory of the machine'),
  swap: group(swap, 'Swap: memory on a disk'),
  disks: list(disk, 'One file system', 'File systems, by mount'),
  network: group(network, 'Traffic in all, and of each interface'),
  temperatureCelsius: Joi.number()
    .allow(null)
    .required()
    .unit('°C')
    .description('The hottest of its sensors'),
  mediamtx: list(mediamtx, 'One MediaMTX process', 'The MediaMTX processes it runs, by pid'),
  health: healthSchema.optional(),
  reasons: hostReasonsSchema,
} satisfies Record<keyof HostRecord, Joi.Schema>;

/** One host record; unknown fields are allowed, since newer agents may add some. */
export const hostRecordSchema = Joi.object<HostRecord>(record)
  .unknown(true)
  .description('One host: a machine at one moment');

const mark = {
  host: hostIdSchema.required(),
  ...numbering('the publishing agent took the host over', 'Time between two ticks'),
  collectedAt: time.description('When the host was looked at'),
  publishedAt: time.description('When the message was made'),
} satisfies Record<Exclude<keyof HostsHead, 'type' | 'v'>, Joi.Schema>;

const head = {
  type: oneOf(['hosts'], 'Kind of the message'),
  v: Joi.number().valid(MESSAGE_VERSION).required().unit('version').description('Version of the format'),
  ...mark,
} satisfies Record<keyof HostsHead, Joi.Schema>;

/** The head of a hosts message: everything but the array. */
export const hostsHeadSchema = Joi.object<HostsHead>(head)
  .unknown(true)
  .description('The head of a hosts message: which host, and when');

/** A complete hosts message. */
export const hostsMessageSchema = Joi.object<HostsMessage>({
  ...head,
  hosts: Joi.array().items(hostRecordSchema).length(1).required().description('The record of the host'),
} satisfies Record<keyof HostsMessage, Joi.Schema>)
  .unknown(true)
  .description('What an agent tells of its host');

/** One host of `GET /api/hosts`. */
export const hostStatusSchema = Joi.object<HostStatus>({ ...record, ...mark, ...staleness } satisfies Record<
  keyof HostStatus,
  Joi.Schema
>)
  .unknown(true)
  .description('A host: its newest record, when that was made, and how old it is');
