import { REMOVED } from './removed.ts';

/** Options of curl and others that take `user:pass`. */
const OPTION = /^(?:-u|--(?:proxy-)?user)$/i;
/** The same in a text, with what stands behind: in quotes from the beginning or behind the colon, or a word. */
const IN_TEXT =
  /(?<![\w-])(-u(?:\s{1,16}|(?=[\w.@-]{1,64}:))|--(?:proxy-)?user(?:=|\s{1,16}))(?:([^\s"'`:\\]*:)?(\\*["'`])(.*?)(\3|$)|([^\s"'`\\]+))/gis;
/** Of an address, not only the user has to do with what is secret. */
const ADDRESS = /^[a-z][\w+.-]*:\/\//i;

/** Whether an item of a command is `user:pass`, by the option before. */
export function isLogin(option: string, item: string): boolean {
  return OPTION.test(option) && isUserAndPass(item);
}

/** Takes `user:pass` away behind the options of programs that take it, as in `curl -u user:pass`. */
export function maskLogins(text: string): string {
  return text.replace(IN_TEXT, (all, option: string, ...parts: (string | undefined)[]) => {
    const [user = '', quote = '', quoted = '', end = '', plain = ''] = parts;
    if (plain !== '') return isUserAndPass(plain) ? option + REMOVED : all;
    if (user !== '') return option + REMOVED;
    return isUserAndPass(quoted) ? option + quote + REMOVED + end : all;
  });
}

function isUserAndPass(text: string): boolean {
  return text.includes(':') && !ADDRESS.test(text);
}
