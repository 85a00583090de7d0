/**
 * Flags that services are started with. V8's young generation decides most of the memory of a process that makes
 * and drops a snapshot every two seconds; kept small, it costs little time and saves tens of megabytes. One helper thread
 * is enough for what V8 does beside the program; each more holds some megabytes for nothing.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=2', '--v8-pool-size=1'];
