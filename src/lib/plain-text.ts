/** Control characters, unpaired surrogates, and what changes the direction of a line or hides in it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** The same, but for line ends, tabs, and the joiners that emoji and several scripts need. */
const UNSEEN_IN_TEXT = /(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** What somebody typed into a field of one line. */
export const oneLine = (typed: string) => typed.replace(UNSEEN, ' ').trim();

/** What somebody typed into a large field: its lines are kept. */
export const plainText = (typed: string) => typed.replace(/\r\n?/g, '\n').replace(UNSEEN_IN_TEXT, '').trim();
