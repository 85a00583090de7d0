/** Texts of the rows of servers and hosts, in English. */
export const enServers = {
  serverRows: {
    lastHour: 'The line shows the last hour',
    host: 'Host',
    memory: (percent: string): string => `memory ${percent}`,
    more: (name: string): string => `Details of ${name}`,
    details: 'Details',
    otherHosts: 'Other hosts',
  },
} as const;
