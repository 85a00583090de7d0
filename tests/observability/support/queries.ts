/** What Grafana puts in place of its variables: everything is chosen, and Prometheus scrapes every second. */
const VALUES = {
  server: '.*',
  stream: '.*',
  host: '.*',
  __rate_interval: '5s',
  __interval: '1s',
  __from: '0',
};

/** A query as Prometheus gets it. */
export function filledIn(expr: string): string {
  return Object.entries(VALUES).reduce((text, [name, value]) => text.replaceAll(`$${name}`, value), expr);
}

/** Names of metrics that may stand in queries; others would be taken for functions. */
const METRIC = String.raw`\b(?:(?:mediamtx_monitor|process|nodejs)_\w+|up|ALERTS)\b`;

/** All selectors of a query, such as `up{job="a"}`. */
export function selectorsIn(expr: string): string[] {
  return [...expr.matchAll(new RegExp(String.raw`${METRIC}(?:\{[^}]*\})?`, 'g'))].map(([found]) => found);
}

/** All metrics that a text names in selectors with braces, as templates of alerts do. */
export function metricsIn(text: string): string[] {
  return [...text.matchAll(new RegExp(String.raw`(${METRIC})\{`, 'g'))].map(([, name = '']) => name);
}

/** Labels that a legend shows. */
export function labelsIn(legend: string): string[] {
  return [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
}
