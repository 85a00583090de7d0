/** A variable that compose.yaml and compose.prod.yaml alone know. */
export interface ComposeVariable {
  readonly name: string;
  /** '' = none. */
  readonly default: string;
  /** What it is for, in Markdown. */
  readonly description: string;
}

export const COMPOSE_VARIABLES: readonly ComposeVariable[] = [
  {
    name: 'PUBLISH_ADDRESS',
    default: '127.0.0.1',
    description: 'Address of this machine on which the proxy is reached',
  },
  {
    name: 'PUBLISH_PORT',
    default: '8000',
    description: 'Port on which the proxy is reached over HTTP',
  },
  {
    name: 'PUBLISH_TLS_PORT',
    default: '443',
    description: 'Port on which it is reached over HTTPS; only with `compose.prod.yaml`',
  },
  {
    name: 'SITE_ADDRESS',
    default: '',
    description: 'Name or IP address under which it is reached over HTTPS; `compose.prod.yaml` needs it',
  },
  {
    name: 'SITE_TLS',
    default: '',
    description: 'Where its certificate comes from; see [For others](operations.md#for-others)',
  },
  {
    name: 'SITE_HSTS',
    default: '',
    description: 'What `Strict-Transport-Security` says, as in `max-age=31536000`; none unless set',
  },
  {
    name: 'API_REPLICAS',
    default: '1',
    description: 'How many replicas of the API run; 2 with `compose.prod.yaml`',
  },
  {
    name: 'SECRETS_DIR',
    default: './secrets',
    description:
      'Folder with the folders `alerter`, `api`, `collector`, `prometheus` and `proxy`, each for that container alone',
  },
  {
    name: 'CONFIG_DIR',
    default: './config',
    description:
      'Folder that collector and alerter see as `/config`, for `MONITOR_CONFIG=/config/monitor.yml`',
  },
  {
    name: 'STATUS_CONFIG',
    default: '',
    description:
      'What `MONITOR_CONFIG` is for the API, as in `/status/status.yml`: a file with [status pages](status.md)',
  },
  {
    name: 'STATUS_CONFIG_DIR',
    default: './config/status',
    description: 'Folder that the API sees as `/status`, for that file',
  },
  {
    name: 'OUTPUT_DIR',
    default: 'output',
    description:
      'Folder, as in `./output`, into which the collector writes `mediamtx_streams.json`; none unless set',
  },
  {
    name: 'IMAGE_TAG',
    default: 'latest',
    description: 'Tag of the images, when `make images` builds them and when they are run',
  },
  {
    name: 'PROMETHEUS_ADDRESS',
    default: '127.0.0.1',
    description: 'Address of Prometheus, profile `observability`; it has no login',
  },
  {
    name: 'PROMETHEUS_PORT',
    default: '9090',
    description: 'Port of Prometheus',
  },
  {
    name: 'GRAFANA_ADDRESS',
    default: '127.0.0.1',
    description: 'Address of Grafana, profile `observability`',
  },
  {
    name: 'GRAFANA_PORT',
    default: '3000',
    description: 'Port of Grafana',
  },
  {
    name: 'GRAFANA_PASSWORD',
    default: '',
    description: "Password of Grafana’s user `admin` at its first start; without it Grafana doesn't start",
  },
  {
    name: 'DEMO_HLS_PORT',
    default: '8888',
    description: 'Port of the demo’s HLS, profile `demo`',
  },
];
