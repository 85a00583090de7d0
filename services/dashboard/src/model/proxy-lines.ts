/** Has nginx pass on the address that was asked for. */
export const HOST_LINE = 'proxy_set_header Host $http_host;';

/** Has nginx pass on WebSockets. */
export const UPGRADE_LINES = `proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection "upgrade";
${HOST_LINE}`;
