/** How a token is called: it stands in logs and in lines, in front of a colon. */
export const TOKEN_NAME = /^[A-Za-z0-9._-]{1,64}$/;
/** What is allowed as the name of a token, for people. */
export const TOKEN_NAME_RULE = '1 to 64 letters, digits, dots, hyphens or underscores';

/** A name, and the SHA-256 of a token in hexadecimal: what is known of a token where it is checked. */
export const TOKEN_LINE = /^[A-Za-z0-9._-]{1,64}:[0-9a-f]{64}$/;
/** What is allowed as a line, for people. */
export const TOKEN_LINE_RULE = 'lines name:sha256hex as `make token NAME=…` prints them';
