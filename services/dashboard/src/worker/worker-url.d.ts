declare module 'virtual:worker-url' {
  /** Address of the worker's script. */
  export const workerUrl: string;
}
